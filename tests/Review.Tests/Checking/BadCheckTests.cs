using System.Text;
using System.Text.Json.Nodes;
using Review.Tests.Cli;

namespace Review.Tests.Checking;

/// <summary>
/// What <c>mmreview check</c> does with bad usage and bad input: one line with a cure and status 2, or "not analysed" in the result; never a
/// stack trace, and nothing half-written.
/// </summary>
public sealed class BadCheckTests : IDisposable
{
    private readonly MiniKernel kernel = new();

    public void Dispose() => kernel.Dispose();

    [Theory]
    [InlineData("no such file in the tree: mm/nothing.c", "mm/nothing.c")]
    [InlineData("mm/x?y*.c", "mm/x?y*.c")]
    [InlineData("names no directory", "*.c")]
    [InlineData("../../etc/passwd", "../../etc/passwd")]
    [InlineData("/etc/passwd", "/etc/passwd")]
    [InlineData("not compiled on its own", "mm/internal.h")]
    [InlineData("unknown architecture 'sparc'", "--arch", "sparc")]
    [InlineData("names no architecture", "--arch", ",")]
    [InlineData("-j takes a number", "-j", "0")]
    [InlineData("stale-prev", "--rules", "stale-prov")]
    [InlineData("--config /no/such/file", "--config", "/no/such/file")]
    [InlineData("--config nothing", "--config", "nothing")]
    [InlineData("not a git repository", "--rev", "HEAD~1..HEAD")]
    [InlineData("/no/such/baseline", "--baseline", "/no/such/baseline")]
    [InlineData("/no/such/folder/result", "-o", "/no/such/folder/result")]
    [InlineData("/no/such/rules.dll", "--analyzer", "/no/such/rules.dll")]
    [InlineData("pdf", "--format", "pdf")]
    [InlineData("sometimes", "--fail-on", "sometimes")]
    [InlineData("'--no-such-option'", "--no-such-option")]
    public void Bad_arguments(string complaint, params string[] arguments) => AssertOneLine(complaint, kernel.Check(arguments));

    [Fact]
    public void A_tree_that_is_none()
    {
        AssertOneLine("no such directory: /no/such/folder", kernel.CheckIn("/no/such/folder"));
        AssertOneLine("not a kernel tree: /usr", kernel.CheckIn("/usr"));
        AssertOneLine("a b", kernel.CheckIn("a\nb"));
    }

    [Fact]
    public void A_revision_that_is_none()
    {
        AssertOneLine("not a git repository", kernel.Check("--rev", "HEAD"));
        var bare = kernel.ToBareRepository();
        AssertOneLine("unknown revision 'v6.99'", kernel.CheckIn(bare, "--rev", "v6.99"));
        AssertOneLine("is a bare repository", kernel.CheckIn(bare));
        AssertOneLine("unknown revision '--all'", kernel.CheckIn(bare, "--rev=--all"));
    }

    [Fact]
    public void A_cache_that_cannot_be_written()
    {
        File.WriteAllText(kernel.Beside("file"), "");
        AssertOneLine("set MMREVIEW_CACHE", kernel.Run(["check", "--kernel", kernel.Tree], ("MMREVIEW_CACHE", kernel.Beside("file/cache"))));
    }

    [Fact]
    public void A_cache_with_rubbish_in_it_is_made_anew()
    {
        var first = kernel.Check();
        foreach (var file in Directory.EnumerateFiles(kernel.Beside("cache/builds")).ToList())
        {
            File.WriteAllText(file, "{\"Settings\": null}");
        }

        Assert.Equal(first, kernel.Check());
        foreach (var file in Directory.EnumerateFiles(kernel.Beside("cache/builds")).ToList())
        {
            File.WriteAllBytes(file, [0, 1, 2]);
        }

        foreach (var folder in Directory.EnumerateDirectories(kernel.Beside("cache/overlays")).ToList())
        {
            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(first, kernel.Check());
    }

    [Fact]
    public void A_function_with_a_syntax_error_is_not_analysed_and_its_neighbours_are()
    {
        kernel.Write("mm/gup.c", "int bad(void)\n{\n\treturn 1 +;\n}\n\nint good(void)\n{\n\treturn 0;\n}\n");
        var result = kernel.Json("mm/gup.c");
        Assert.Equal(1, (int)result["files"]![0]!["functions"]!);
        Assert.Contains(result["notAnalysed"]!.AsArray(), static gap => (string?)gap!["function"] == "bad");
        Assert.Contains(result["notAnalysed"]!.AsArray(), static gap => gap!["function"] is null && ((string)gap["reason"]!).Contains("mm/gup.c:3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("truncated", "clang reports")]
    [InlineData("binary", "zero bytes")]
    [InlineData("garbage", "clang reports")]
    [InlineData("missing header", "'nothing.h' file not found")]
    [InlineData("50 MB", "50 MB")]
    [InlineData("control-Z", "control-Z")]
    [InlineData("fifo", "not a regular file")]
    [InlineData("link out of the tree", "symbolic link")]
    public void A_file_that_cannot_be_analysed_does_not_take_the_other_along(string what, string reason)
    {
        var file = kernel.At("mm/gup.c");
        var text = File.ReadAllText(kernel.At("mm/madvise.c"));
        File.Delete(file);
        switch (what)
        {
            case "truncated":
                File.WriteAllText(file, text[..^4]);
                break;
            case "binary":
                File.WriteAllBytes(file, [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 0, 0, 1]);
                break;
            case "garbage":
                File.WriteAllBytes(file, [.. Enumerable.Range(1, 20_000).Select(static i => (byte)((i * 7919 % 255) + 1))]);
                break;
            case "missing header":
                File.WriteAllText(file, "#include \"nothing.h\"\n");
                break;
            case "50 MB":
                File.WriteAllBytes(file, Encoding.ASCII.GetBytes(new string('\n', 50 << 20)));
                break;
            case "control-Z":
                File.WriteAllText(file, "int gup;\n\u001a\nint more;\n");
                break;
            case "fifo":
                Assert.Equal(0, TestProgram.Run("mkfifo", "/", [file]).Status);
                break;
            default:
                File.CreateSymbolicLink(file, "/etc/passwd");
                break;
        }

        var run = kernel.Check("mm/*.c", "--format", "json");
        Assert.Equal((1, ""), (run.Status, run.Errors));
        var result = JsonNode.Parse(run.Output)!;
        Assert.Single(result["findings"]!.AsArray(), static finding => (string)finding!["rule"]! != "build");
        var gap = Assert.Single(result["notAnalysed"]!.AsArray(), static gap => gap!["function"] is null)!;
        Assert.Equal("mm/gup.c", (string)gap["file"]!);
        Assert.Contains(reason, (string)gap["reason"]!, StringComparison.Ordinal);
        Assert.NotEqual("", (string)gap["cure"]!);

        // Alone, it is no success.
        var alone = kernel.Check("mm/gup.c");
        Assert.Equal(2, alone.Status);
        Assert.Matches("^mmreview: [^\n]*; [^\n]+\n$", alone.Errors);
    }

    [Fact]
    public void A_header_outside_the_tree_is_not_read_for_a_finding()
    {
        File.WriteAllText(kernel.Beside("outside.h"), "struct mmu_notifier_range { unsigned long start; };\n");
        File.CreateSymbolicLink(kernel.At("mm/link.h"), kernel.Beside("outside.h"));
        kernel.Write("mm/gup.c", "#include \"link.h\"\nint gup(void)\n{\n\treturn 0;\n}\n");
        Assert.Contains("not part of the tree", (string)Assert.Single(kernel.Json()["notAnalysed"]!.AsArray())!["reason"]!, StringComparison.Ordinal);

        kernel.Write("mm/gup.c", "#include \"../../outside.h\"\nint gup(void)\n{\n\treturn 0;\n}\n");
        Assert.Contains("not part of the tree", (string)Assert.Single(kernel.Json()["notAnalysed"]!.AsArray())!["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Kconfig_with_loops_is_read_to_its_end()
    {
        File.AppendAllText(kernel.At("Kconfig"), "config A\n\tdef_bool B\n\tselect B\nconfig B\n\tdef_bool !A\n\tselect A\nsource \"Kconfig\"\n");
        var result = kernel.Check();
        Assert.Equal(1, result.Status);
        Assert.All(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => Assert.StartsWith("mmreview: Kconfig", line, StringComparison.Ordinal));
        Assert.NotEqual("", result.Errors);
    }

    [Fact]
    public void A_tree_without_a_configuration_for_the_architecture()
    {
        File.Delete(kernel.At("arch/x86/configs/x86_64_defconfig"));
        AssertOneLine("x86_64_defconfig", kernel.Check());
    }

    [Fact]
    public void A_result_that_cannot_be_written_leaves_the_old_one()
    {
        var folder = Directory.CreateDirectory(kernel.Beside("results")).FullName;
        var file = Path.Combine(folder, "result");
        File.WriteAllText(file, "old");
        AssertOneLine("result", kernel.Check("-o", Path.Combine(file, "below")));
        AssertOneLine("nothing.c", kernel.Check("-o", file, "mm/nothing.c"));
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Hostile_names_are_shown_without_their_control_characters()
    {
        var name = "mm/\u001b[31mred\n.c";
        AssertOneLine("red", kernel.Check(name));
        kernel.Write("mm/Makefile", "obj-y += madvise.o \u001b[31mred.o\n");
        kernel.Write("mm/\u001b[31mred.c", "int red(void)\n{\n\treturn 1 +;\n}\n");
        var result = kernel.Check("mm/*.c");
        Assert.DoesNotContain("\u001b", result.Output + result.Errors, StringComparison.Ordinal);
    }

    private static void AssertOneLine(string complaint, ProgramResult result)
    {
        Assert.Matches("^mmreview: [^\n]*; [^\n]+\n$", result.Errors);
        Assert.Contains(complaint, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Errors, StringComparison.Ordinal);
        Assert.Equal(2, result.Status);
    }
}
