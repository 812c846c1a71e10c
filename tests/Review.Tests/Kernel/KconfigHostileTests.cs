using System.Text;
using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Tests.Kernel;

/// <summary>Kconfig files made to hang, exhaust or confuse: always a result, and a problem that says what was left out.</summary>
public sealed class KconfigHostileTests
{
    private const string Marker = "\nconfig MARKER\n\tdef_bool y\n";

    [Fact]
    public void AFileThatSourcesItself() =>
        Expect("sources itself", MemoryTree.Kernel().With("Kconfig", $"source \"Kconfig\"{Marker}"));

    [Fact]
    public void FilesThatSourceEachOther() => Expect(
        "a -> b -> a",
        MemoryTree.Kernel().With("Kconfig", $"source \"a\"{Marker}").With("a", "source \"b\"\n").With("b", "source \"a\"\n"));

    [Fact]
    public void FilesThatSourceTheNextOneTwice()
    {
        var tree = MemoryTree.Kernel().With("Kconfig", "config MARKER\n\tdef_bool y\nsource \"f0\"\n");
        for (var i = 0; i < 30; i++)
        {
            tree.With($"f{i}", $"source \"f{i + 1}\"\nsource \"f{i + 1}\"\n");
        }

        Expect("more than 20,000 times", tree.With("f30", ""));
    }

    [Fact]
    public void AChainOfSources()
    {
        var tree = MemoryTree.Kernel().With("Kconfig", $"source \"f0\"{Marker}");
        for (var i = 0; i < 5000; i++)
        {
            tree.With($"f{i}", $"source \"f{i + 1}\"\n");
        }

        Expect("nested more than 32 deep", tree);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside/Kconfig")]
    [InlineData("a/../../outside")]
    public void ASourceOutsideTheTree(string path) =>
        Expect("does not name a file inside the tree", MemoryTree.Kernel().With("Kconfig", $"source \"{path}\"{Marker}"));

    [Fact]
    public void AMissingFile() =>
        Expect("no such file", MemoryTree.Kernel().With("Kconfig", $"source \"not/there\"{Marker}"));

    [Fact]
    public void AFileThatCannotBeRead() =>
        Expect("a link that leaves the tree", MemoryTree.Kernel().With("Kconfig", $"source \"link\"{Marker}").With("link", (string?)null));

    [Fact]
    public void MacrosThatNeverEnd() => Expect("refer to themselves", Tree($"A = $(A)\nB = $(C)\nC = x$(B)\nconfig X\n\tdef_bool $(A)$(B)\n{Marker}"));

    [Fact]
    public void MacrosThatDouble()
    {
        var text = new StringBuilder("A0 := 0123456789abcdef\n");
        for (var i = 0; i < 60; i++)
        {
            text.Append($"A{i + 1} := $(A{i})$(A{i})\n");
        }

        Expect("more than 8 million characters", Tree($"{text}{Marker}"));
    }

    [Fact]
    public void MacrosThatAppendForEver()
    {
        var text = new StringBuilder("A := 0123456789abcdef\n");
        for (var i = 0; i < 5000; i++)
        {
            text.Append("A += $(A)\n");
        }

        Expect("more than 8 million characters", Tree($"{text}{Marker}"));
    }

    [Fact]
    public void AHundredThousandParentheses() =>
        Expect("nested parentheses", Tree($"config A\n\tdef_bool {new string('(', 100_000)}y{new string(')', 100_000)}{Marker}"));

    [Fact]
    public void AHundredThousandNegations() =>
        Assert.True(Evaluate(Tree($"config A\n\tdef_bool {new string('!', 100_000)}y{Marker}")).IsSet("A"));

    [Fact]
    public void AHundredThousandOperands() =>
        Assert.True(Evaluate(Tree($"config A\n\tdef_bool {string.Join(" && ", Enumerable.Repeat("y", 100_000))}{Marker}")).IsSet("A"));

    [Fact]
    public void AChainOfAHundredThousandSymbols()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
        {
            text.Append($"config S{i}\n\tdef_bool S{i + 1}\n");
        }

        Expect("in a chain of more than 500 steps", Tree($"{text}{Marker}"));
    }

    [Fact]
    public void BlocksWithoutEnd()
    {
        var text = string.Concat(Enumerable.Repeat("if y\nmenu \"m\"\nchoice\n", 50_000));
        Expect("nested more than 64 deep", Tree($"config MARKER\n\tdef_bool y\n{text}"));
    }

    [Fact]
    public void IgnoredBlocksStayBalanced()
    {
        var text = $"{string.Concat(Enumerable.Repeat("if y\n", 100))}{string.Concat(Enumerable.Repeat("endif\n", 100))}if n\nconfig OFF\n\tdef_bool y\nendif";
        Assert.False(Evaluate(Tree($"{text}{Marker}")).IsSet("OFF"));
    }

    [Fact]
    public void EndsWithoutBlocks() => Expect("closes nothing", Tree($"endif\nendmenu\nendchoice{Marker}"));

    [Fact]
    public void AnIncludedFileCannotCloseTheBlocksAroundIt()
    {
        var tree = MemoryTree.Kernel().With("Kconfig", $"if n\nsource \"a\"\nconfig OFF\n\tdef_bool y\nendif{Marker}").With("a", "endif\n");
        Assert.False(Evaluate(tree).IsSet("OFF"));
        Expect("closes nothing", tree);
    }

    [Fact]
    public void CyclesOfEveryKindEnd()
    {
        var configuration = Evaluate(Tree($"""
            config A
            	bool "a"
            	depends on B
            config B
            	bool "b"
            	depends on A
            config SELF
            	def_bool !SELF
            config S1
            	bool
            	select S2
            config S2
            	bool
            	select S1
            config N
            	int
            	range N N
            	default N
            choice
            	prompt "c" if M1
            config M1
            	bool "m1"
            endchoice
            {Marker}
            """));
        Assert.True(configuration.IsSet("MARKER"));
        Assert.False(configuration.IsSet("A"));
        Assert.False(configuration.IsSet("S1"));
    }

    [Fact]
    public void AWorkBombOfSelects()
    {
        var text = new StringBuilder($"config A\n\tdef_bool y\n\tdepends on {string.Join(" && ", Enumerable.Repeat("!X", 20_000))}\n");
        for (var i = 0; i < 5_000; i++)
        {
            text.Append($"\tselect S{i}\n");
        }

        for (var i = 0; i < 5_000; i++)
        {
            text.Append($"config S{i}\n\tbool\n");
        }

        Expect("takes more than 20 million steps", Tree($"config MARKER\n\tdef_bool y\n{text}"));
    }

    [Fact]
    public void ADirectoryThatCannotBeListed() =>
        Expect("no such file", MemoryTree.Kernel().With("Kconfig", $"source \"link/*/Kconfig\"{Marker}").With("link", (string?)null));

    [Fact]
    public void BytesThatAreNoText()
    {
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        var tree = MemoryTree.Kernel().With("Kconfig", $"source \"binary\"{Marker}").With("binary", bytes);
        Assert.True(Evaluate(tree).IsSet("MARKER"));
    }

    [Theory]
    [InlineData("config\n")]
    [InlineData("config \"A\"\n")]
    [InlineData("source\n")]
    [InlineData("config A\n\tdef_bool &&\n")]
    [InlineData("config A\n\tdef_bool (y\n")]
    [InlineData("config A\n\tdepends on )\n")]
    [InlineData("config A\n\tselect\n\timply\n\trange\n\tdefault\n\tprompt\n\tdepends\n\tvisible\n\toption\n")]
    [InlineData("config A\n\tbool \"unclosed\n")]
    [InlineData("config A\n\tdef_bool $(unclosed\n")]
    [InlineData("config A\n\tdef_bool y\n\\")]
    [InlineData("choice\nendchoice\nchoice\n\tdefault A\n\tdefault \"B\"\nendchoice\n")]
    [InlineData("help\nhelp\n\thelp\n")]
    public void BrokenStatementsHurtOnlyThemselves(string text) =>
        Assert.True(Evaluate(Tree($"{text}{Marker}")).IsSet("MARKER"));

    [Fact]
    public void ProblemsAreLimited() =>
        Assert.Equal(100, Evaluate(Tree($"{string.Concat(Enumerable.Range(0, 5000).Select(i => $"source \"missing{i}\"\n"))}{Marker}")).Problems.Length);

    [Fact]
    public void ATreeWithoutKconfigSaysSo()
    {
        var tree = new MemoryTree().With("Makefile", "VERSION = 6\nPATCHLEVEL = 1\n").With("arch/x86/configs/x86_64_defconfig", "");
        Assert.Equal("Kconfig", Assert.Throws<KernelTreeException>(() => Evaluate(tree)).Path);
    }

    [Fact]
    public void ATreeWithoutDefconfigSaysSo()
    {
        var tree = new MemoryTree().With("Makefile", "VERSION = 6\nPATCHLEVEL = 1\n").With("Kconfig", "");
        Assert.Contains("no default configuration for x86_64", Assert.Throws<KernelTreeException>(() => Evaluate(tree)).Reason, StringComparison.Ordinal);
    }

    private static MemoryTree Tree(string kconfig) => MemoryTree.Kernel().With("Kconfig", kconfig);

    private static void Expect(string problem, MemoryTree tree)
    {
        var configuration = Evaluate(tree);
        Assert.True(configuration.IsSet("MARKER"));
        Assert.Contains(configuration.Problems, p => p.Message.Contains(problem, StringComparison.Ordinal));
    }

    /// <summary>Evaluates on a thread with a small stack: depth must be bounded, whatever thread a caller uses.</summary>
    private static KernelConfiguration Evaluate(MemoryTree tree)
    {
        KernelConfiguration? result = null;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = KernelConfiguration.Create(tree, Architecture.X86, ConfigurationSource.Default);
                }
                catch (KernelTreeException e)
                {
                    failure = e;
                }
            },
            512 * 1024);
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw failure;
    }
}
