using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Compilation;
using Review.Kernel.Headers;
using Review.Kernel.Makefiles;

namespace Review.Tests.Kernel;

/// <summary>Laws that hold for all inputs. The seed is fixed: a failure repeats.</summary>
public sealed partial class KernelPropertyTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20240607, 4711).WithMaxTest(300);

    /// <summary>A random expression over A=y, B=m, C=n with the value that minimum, maximum and complement give it.</summary>
    private static Gen<(string Text, int Value)> Expressions(int size)
    {
        var leaf = Gen.Elements(("y", 2), ("m", 1), ("n", 0), ("A", 2), ("B", 1), ("C", 0), ("UNDEFINED", 0), ("\"y\"", 2), ("A = y", 2), ("B != m", 0), ("B = m", 2), ("N < 20", 2), ("N >= 0x11", 0));
        if (size <= 0)
        {
            return leaf;
        }

        var smaller = Expressions(size / 2);
        return Gen.OneOf(
            leaf,
            smaller.Select(e => ($"!({e.Item1})", 2 - e.Item2)),
            smaller.SelectMany(_ => smaller, (a, b) => ($"({a.Item1}) && ({b.Item1})", Math.Min(a.Item2, b.Item2))),
            smaller.SelectMany(_ => smaller, (a, b) => ($"({a.Item1}) || ({b.Item1})", Math.Max(a.Item2, b.Item2))),
            smaller.SelectMany(_ => leaf, (a, b) => ($"({a.Item1}) || {b.Item1} && {b.Item1}", Math.Max(a.Item2, b.Item2))));
    }

    [Fact]
    public void ExpressionsHaveTheValueOfThreeValuedLogic() => Check.One(Fixed, Prop.ForAll(Arb.From(Expressions(12)), expression =>
    {
        var kconfig = $"""
            config A
            	def_tristate y
            config B
            	def_tristate m
            config C
            	def_tristate n
            config N
            	int
            	default 16
            config R
            	def_tristate {expression.Text}
            """;
        var configuration = KernelConfiguration.Create(MemoryTree.Kernel().With("Kconfig", kconfig), Architecture.X86, ConfigurationSource.Default);
        return (configuration.Value("R") ?? "n") == "nmy"[expression.Value].ToString();
    }));

    [Fact]
    public void KconfigSoupNeverFails()
    {
        var words = Gen.Elements(
            "config", "menuconfig", "choice", "endchoice", "menu", "endmenu", "if", "endif", "source", "help", "bool", "tristate", "int", "hex", "string",
            "def_bool", "default", "depends", "on", "select", "imply", "range", "visible", "prompt", "modules", "A", "B", "C", "y", "m", "n", "1", "0x10",
            "&&", "||", "!", "(", ")", "=", "!=", "<", "\"", "\"a\"", "'", "$(A)", "$(B,A)", "$(", ":=", "+=", "\n", "\n\t", "\n  ", "\\\n", "#", "Kconfig");
        Check.One(Fixed, Prop.ForAll(Arb.From(words.ArrayOf(150)), soup =>
        {
            var configuration = KernelConfiguration.Create(
                MemoryTree.Kernel().With("Kconfig", string.Join(' ', soup)), Architecture.X86, ConfigurationSource.FromText("w", "CONFIG_A=y\nCONFIG_B=m\nCONFIG_C=5\n"));
            return configuration.Symbols.Values.All(value => value is not ("n" or ""));
        }));
    }

    [Fact]
    public void MakefileSoupSelectsOnlyFilesOfTheTree()
    {
        var words = Gen.Elements(
            "obj-y", "obj-$(CONFIG_A)", "obj-m", "a-y", "a-objs", "ifdef", "ifeq", "(a,b)", "else", "endif", "include", "define", "endef", "CONFIG_A", "+=", ":=", "=", "?=",
            "a.o", "b.o", "sub/", "../", "./", "/", "$(", ")", "$(a-y)", "$(obj-y)", "$(X)", "X", "$(addprefix", "$(if", ",", "\n", "\n\t", "\\\n", "#", ":", "$(src)/", "ccflags-y", "-I", "-I$(src)/../..", "-Dx", "\"");
        var tree = MemoryTree.Kernel().With("mm/a.c", "").With("mm/b.c", "").With("mm/sub/Makefile", "obj-y += ../a.o ../../top.o c.o\n").With("mm/sub/c.c", "").With("top.c", "");
        Check.One(Fixed, Prop.ForAll(Arb.From(words.ArrayOf(120)), soup =>
        {
            var kbuild = new Kbuild(tree.With("mm/Makefile", string.Join(' ', soup)), Architecture.X86, KernelConfiguration.FromSettings("c", "CONFIG_A=y\n"), new KernelVersion(6, 1, 0, ""));
            var selected = kbuild.Selected("mm");
            return selected.All(path => path is "mm/a.c" or "mm/b.c" or "mm/sub/c.c")
                .Label("only files below the directory")
                .And(selected.All(kbuild.IsSelected).Label("selected files are selected one by one"))
                .And(new[] { "mm/a.c", "mm/b.c" }.All(path => kbuild.WhyNotSelected(path) is null == kbuild.IsSelected(path)).Label("a reason exactly for files that are not"))
                .And(kbuild.FlagsOf("mm/a.c").IncludeDirectories.All(directory => !directory.StartsWith('/') && !directory.Contains("..", StringComparison.Ordinal)).Label("directories inside"));
        }));
    }

    [Fact]
    public void CommandSoupGivesOnlyKnownOptions()
    {
        var words = Gen.Elements(
            "-I", "-D", "-U", "-o", "-x", "c", "-include", "-isystem", "-target", "-Xclang", "-load", "-fplugin=x", "-mllvm", "@x", "-B", "-Ix", "-DX", "-Wall", "-Wl,x", "-O2",
            "-fno-common", "-fmodules", "-m64", "-include-pch", "-isysroot", "-c", "a.c", "/x", "--target=x86_64-linux-gnu", "-MF");
        Check.One(Fixed, Prop.ForAll(Arb.From(words.ArrayOf(12)), soup =>
        {
            var json = System.Text.Json.JsonSerializer.Serialize(new[] { new { directory = "/k", file = "a.c", arguments = soup.Prepend("cc") } });
            var arguments = CompileCommands.Parse(json).Find("a.c", "/k")!.Arguments;
            for (var i = 0; i < arguments.Length; i++)
            {
                if (arguments[i] is "-I" or "-include" or "-isystem")
                {
                    if (!arguments[++i].StartsWith("/k/", StringComparison.Ordinal) && arguments[i] != "/x")
                    {
                        return false;
                    }
                }
                else if (arguments[i] == "-x")
                {
                    i++;
                }
                else if (!KnownOption().IsMatch(arguments[i]))
                {
                    return false;
                }
            }

            return true;
        }));
    }

    [Fact]
    public void QuotedStringsSurvive() => Check.One(Fixed, Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        ConfigurationText.Unquote(ConfigurationText.Quote(text.Get)) == text.Get));

    [Fact]
    public void QuotedWordsSurvive() => Check.One(Fixed, Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>[]>(), words =>
        ShellWords.Split(string.Join(' ', words.Select(word => "'" + word.Get.Replace("'", "'\\''", StringComparison.Ordinal) + "'")))
            .SequenceEqual(words.Select(word => word.Get))));

    /// <summary>
    /// The contract of timeconst.bc: the multiplier is 2^shift * n / d rounded up, and the smallest shift was taken at which it
    /// has 32 bits; the fractions are reduced.
    /// </summary>
    [Fact]
    public void TimeConstantsAreExact() => Check.One(Fixed, Prop.ForAll(Arb.From(Gen.Choose(1, 1_000_000)), frequency =>
    {
        var header = GeneratedHeaders.Create(MemoryTree.Kernel(), Architecture.X86, KernelConfiguration.FromSettings("c", $"CONFIG_HZ={frequency}\n")).Files["include/generated/timeconst.h"];
        var values = Constant().Matches(header).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Success
            ? BigInteger.Parse("0" + match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : BigInteger.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));
        return new (string, int)[] { ("MSEC", 1000), ("USEC", 1_000_000) }.All(unit =>
                IsExact($"HZ_TO_{unit.Item1}", unit.Item2, frequency) && IsExact($"{unit.Item1}_TO_HZ", frequency, unit.Item2))
            && values["NSEC_TO_HZ_NUM"] * 1_000_000_000 == values["NSEC_TO_HZ_DEN"] * frequency
            && BigInteger.GreatestCommonDivisor(values["NSEC_TO_HZ_NUM"], values["NSEC_TO_HZ_DEN"]) == 1;

        bool IsExact(string name, int numerator, int denominator)
        {
            var (multiplier, shift) = (values[$"{name}_MUL32"], (int)values[$"{name}_SHR32"]);
            var scaled = (BigInteger.One << shift) * numerator;
            var isSmallest = shift == 0 || ((BigInteger.One << (shift - 1)) * numerator + denominator - 1) / denominator < BigInteger.One << 31;
            return multiplier * denominator >= scaled && (multiplier - 1) * denominator < scaled && multiplier >= BigInteger.One << 31 && isSmallest;
        }
    }));

    [GeneratedRegex(@"^#define (\w+) (?:U64_C\(0x([0-9A-F]+)\)|([0-9]+))$", RegexOptions.Multiline)]
    private static partial Regex Constant();

    [GeneratedRegex(@"^(-I/.*|-[DU][^@]*.*|-Wall|-O2|-fno-common|-m64|--target=\w[\w.-]*)$")]
    private static partial Regex KnownOption();
}
