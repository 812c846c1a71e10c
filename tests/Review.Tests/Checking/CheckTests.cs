using System.Text.Json.Nodes;
using Review.Tests.Cli;

namespace Review.Tests.Checking;

/// <summary><c>mmreview check</c> from its arguments to its exit status, on a small tree of our own.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly MiniKernel kernel = new();

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void Findings_are_shown_and_give_status_one()
    {
        var result = kernel.Check();
        Assert.Equal((1, ""), (result.Status, result.Errors));
        Assert.StartsWith("mm/madvise.c:8:2: error: ", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 files, 2 functions, 0 not analysed, 1 finding\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "--fail-on", "never")]
    [InlineData(1, "--fail-on", "error")]
    [InlineData(0, "mm/gup.c")]
    [InlineData(1, "mm/m*.c")]
    [InlineData(1, "mm/*.c")]
    [InlineData(0, "--rules", "stale-*")]
    public void The_status_follows_what_was_asked(int status, params string[] arguments) => Assert.Equal((status, ""), Brief(kernel.Check(arguments)));

    [Fact]
    public void A_bare_repository_gives_the_bytes_of_the_work_tree()
    {
        var bare = kernel.ToBareRepository();
        var fromFiles = kernel.Check("mm/*.c", "--format", "json");
        var fromObjects = kernel.CheckIn(bare, "mm/*.c", "--format", "json", "--rev", "HEAD");
        Assert.Equal((1, 1), (fromFiles.Status, fromObjects.Status));
        Assert.Equal(fromFiles.Output, WithoutRevision(fromObjects.Output));
        Assert.NotEqual(fromFiles.Output, fromObjects.Output);

        static string WithoutRevision(string json) => json.Replace(JsonNode.Parse(json)!["kernel"]!["rev"]!.ToJsonString(), "null", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("sarif")]
    [InlineData("html")]
    public void All_of_a_report_but_the_revision_is_the_same_from_a_bare_repository(string format)
    {
        var bare = kernel.ToBareRepository();
        var revision = TestProgram.Git(bare, "rev-parse", "HEAD");
        var fromFiles = kernel.Check("--format", format).Output;
        var fromObjects = kernel.CheckIn(bare, "--format", format, "--rev", "HEAD").Output;
        Assert.DoesNotContain(kernel.Beside(""), fromFiles + fromObjects, StringComparison.Ordinal);
        Assert.Equal(Findings(fromFiles), Findings(fromObjects.Replace(revision, "", StringComparison.Ordinal)));

        static string[] Findings(string report) => [.. report.Split('\n').Where(static line => line.Contains("mmu_notifier", StringComparison.Ordinal))];
    }

    [Fact]
    public void The_number_of_threads_and_a_warm_cache_change_no_byte()
    {
        var first = kernel.Check("mm/*.c", "--format", "json", "-j", "1");
        Assert.Equal(1, first.Status);
        Assert.Equal(first.Output, kernel.Check("mm/*.c", "--format", "json", "-j", "2").Output);
        Assert.Equal(first.Output, kernel.Check("mm/*.c", "--format", "json", "-j", "2", "--no-cache").Output);
    }

    [Fact]
    public void A_revision_is_read_from_the_object_store_and_the_work_tree_is_left_alone()
    {
        TestProgram.Commit(kernel.Tree);
        kernel.Write("mm/madvise.c", "int madvise(void)\n{\n\treturn 0;\n}\n");
        var before = TestProgram.Git(kernel.Tree, "status", "--porcelain");
        Assert.Equal((0, ""), Brief(kernel.Check()));
        Assert.Equal((1, ""), Brief(kernel.Check("--rev", "HEAD")));
        Assert.Equal(before, TestProgram.Git(kernel.Tree, "status", "--porcelain"));
    }

    [Fact]
    public void Headers_beside_and_above_a_file_are_found_at_a_revision()
    {
        kernel.Write("mm/Makefile", "obj-y += madvise.o gup.o deep/\n");
        kernel.Write("mm/deep/Makefile", "obj-y += down.o\n");
        kernel.Write("mm/deep/down.c", "#include \"../internal.h\"\n#include \"down.h\"\nint down(struct mmu_notifier_range *range)\n{\n\treturn DOWN + range->end;\n}\n");
        kernel.Write("mm/deep/down.h", "#define DOWN 1\n");
        var bare = kernel.ToBareRepository();
        Assert.Equal((0, ""), Brief(kernel.Check("mm/deep/down.c")));
        var result = kernel.CheckIn(bare, "mm/deep/down.c", "--rev", "HEAD");
        Assert.Equal((0, ""), Brief(result));
        Assert.Contains("0 not analysed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_revision_has_its_own_headers()
    {
        var first = TestProgram.Commit(kernel.Tree);
        kernel.Write("include/linux/mmu_notifier.h", "struct mmu_notifier_range { unsigned long start, end; };\n#define mmu_notifier_invalidate_range_start(range)\n#define mmu_notifier_invalidate_range_end(range)\n");
        var second = TestProgram.Commit(kernel.Tree);
        Assert.Equal((1, ""), Brief(kernel.Check("--rules", "notifier-range-uninit", "--rev", first)));
        Assert.Equal((0, ""), Brief(kernel.Check("--rules", "notifier-range-uninit", "--rev", second)));
        Assert.Equal((1, ""), Brief(kernel.Check("--rules", "notifier-range-uninit", "--rev", first)));
    }

    [Fact]
    public void Two_architectures_report_a_finding_once()
    {
        var result = kernel.Json("--arch", "x86_64,arm64");
        Assert.Equal("x86_64,arm64", (string)result["kernel"]!["arch"]!);
        Assert.Null(Assert.Single(result["findings"]!.AsArray())!["builds"]);
        Assert.Equal((2, 2), (result["files"]!.AsArray().Count, (int)result["stats"]!["functions"]!));
    }

    [Fact]
    public void A_file_that_one_architecture_does_not_compile_is_looked_at_under_the_other()
    {
        kernel.Write("Kconfig", "mainmenu \"mini\"\nconfig 64BIT\n\tdef_bool y\nconfig SELDOM\n\tdef_bool $(success,test $(SRCARCH) = arm64)\nsource \"arch/$(SRCARCH)/Kconfig\"\n");
        kernel.Write("arch/x86/Kconfig", "");
        kernel.Write("arch/arm64/Kconfig", "config ARM64\n\tdef_bool y\n");
        kernel.Write("mm/Makefile", "obj-y += madvise.o gup.o\nobj-$(CONFIG_ARM64) += seldom.o\n");
        Assert.Equal(["mm/gup.c", "mm/madvise.c", "mm/seldom.c"], Files(kernel.Json("mm/*.c", "--arch", "x86_64,arm64")));
        Assert.Empty(kernel.Json("mm/*.c", "--arch", "x86_64,arm64")["notAnalysed"]!.AsArray());
        Assert.Single(kernel.Json("mm/seldom.c", "mm/gup.c")["notAnalysed"]!.AsArray());

        static IEnumerable<string> Files(JsonObject result) => result["files"]!.AsArray().Select(static file => (string)file!["file"]!);
    }

    [Fact]
    public void Under_all_configurations_findings_say_with_which_option_they_show()
    {
        const string Call = "\tmmu_notifier_invalidate_range_start(&range);\n\tmmu_notifier_invalidate_range_end(&range);\n";
        kernel.Write("Kconfig", """
            mainmenu "mini"
            config 64BIT
            	def_bool y
            config OFTEN
            	bool "often"
            	default y
            config SELDOM
            	bool "seldom"
            config NEEDS_SELDOM
            	bool "needs seldom"
            	depends on SELDOM
            	default y
            config FORCED
            	def_bool y

            """);
        kernel.Write("include/linux/kconfig.h", "#include <generated/autoconf.h>\n");
        kernel.Write("mm/gup.c", $$"""
            #include "internal.h"
            #ifndef CONFIG_OFTEN
            void rare(void)
            {
            	struct mmu_notifier_range range;

            {{Call}}}
            #endif
            #if defined(CONFIG_SELDOM) && defined(CONFIG_NEEDS_SELDOM) && defined(CONFIG_FORCED)
            void seldom(void)
            {
            	struct mmu_notifier_range range;

            {{Call}}}
            #endif /* CONFIG_COMMENT */
            #ifdef CONFIG_OFTEN
            void often(void)
            {
            	struct mmu_notifier_range range;

            {{Call}}}
            #endif

            """);
        string[] arguments = ["mm/gup.c", "--rules", "notifier-range-uninit", "--format", "json"];
        Assert.Equal(["often"], Findings(kernel.Check(arguments)).Select(static finding => finding.Function).Distinct(StringComparer.Ordinal));
        var first = kernel.Check([.. arguments, "--config", "all"]);
        Assert.Equal(
            [("often", "not with CONFIG_OFTEN=n"), ("rare", "only with CONFIG_OFTEN=n"), ("seldom", "only with CONFIG_SELDOM=y")],
            Findings(first).Distinct().Order());
        Assert.Equal("mmreview: 2 configurations besides the default\nmmreview: on x86_64 no single change of the configuration turns CONFIG_FORCED, CONFIG_NEEDS_SELDOM over\n", first.Errors);
        var again = kernel.Check([.. arguments, "--config", "all", "-j", "1"]);
        Assert.Equal((first.Output, first.Errors), (again.Output, again.Errors));
        Assert.Equal(first.Output, kernel.Check([.. arguments, "--config", "all", "--no-cache"]).Output);

        kernel.Write("mm/gup.c", string.Concat(Enumerable.Range(0, 20).Select(static i => $"#ifdef CONFIG_N{i:00}\nint n{i};\n#endif\n")));
        kernel.Write("Kconfig", "mainmenu \"mini\"\nconfig 64BIT\n\tdef_bool y\n" + string.Concat(Enumerable.Range(0, 20).Select(static i => $"config N{i:00}\n\tbool \"n\"\n")));
        Assert.Contains("mm/gup.c on x86_64: 16 configurations are the limit; not changed: CONFIG_N15, CONFIG_N16,", kernel.Check([.. arguments, "--config", "all"]).Errors, StringComparison.Ordinal);

        static List<(string Function, string? Words)> Findings(ProgramResult result) =>
            [.. JsonNode.Parse(result.Output)!["findings"]!.AsArray().Select(static finding => ((string)finding!["function"]!, (string?)finding["builds"]?["words"]))];
    }

    [Fact]
    public void A_profile_changes_no_result()
    {
        var plain = kernel.Check("--format", "json");
        var profiled = kernel.Check("--format", "json", "--profile");
        Assert.Equal((plain.Status, plain.Output), (profiled.Status, profiled.Output));
        var lines = profiled.Errors.TrimEnd('\n').Split('\n');
        Assert.Equal(" seconds  of parse", lines[0]);
        Assert.EndsWith("  all rules and their facts", lines[^1], StringComparison.Ordinal);
        Assert.Contains(lines, static line => line.EndsWith("  100.0%  clang: parse", StringComparison.Ordinal) || line.EndsWith(" 100.0%  clang: parse", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.EndsWith("  rule: notifier-range-uninit", StringComparison.Ordinal));
        var times = lines[1..^1].Select(static line => double.Parse(line.TrimStart().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public void A_finding_under_one_architecture_is_reported()
    {
        kernel.Write("mm/gup.c", "#ifdef __aarch64__\n#include \"madvise.c\"\nvoid arm(void)\n{\n\tstruct mmu_notifier_range range;\n\n\tmmu_notifier_invalidate_range_start(&range);\n\tmmu_notifier_invalidate_range_end(&range);\n}\n#endif\nint gup(void)\n{\n\treturn 0;\n}\n");
        Assert.Equal(0, kernel.Check("mm/gup.c").Status);
        Assert.Equal(1, kernel.Check("mm/gup.c", "--arch", "arm64").Status);
        Assert.Equal(1, kernel.Check("mm/gup.c", "--arch", "x86_64,arm64").Status);
    }

    [Fact]
    public void A_file_that_the_configuration_leaves_out_is_not_analysed_and_wishes_put_it_in()
    {
        var result = kernel.Json("mm/seldom.c", "mm/gup.c");
        var gap = Assert.Single(result["notAnalysed"]!.AsArray())!;
        Assert.Equal("mm/seldom.c", (string)gap["file"]!);
        Assert.Contains("CONFIG_SELDOM", (string)gap["reason"]!, StringComparison.Ordinal);
        Assert.Contains("--config", (string)gap["cure"]!, StringComparison.Ordinal);

        File.WriteAllText(kernel.Beside("wishes"), "CONFIG_SELDOM=y\n");
        result = kernel.Json("mm/seldom.c", "mm/gup.c", "--config", kernel.Beside("wishes"));
        Assert.Empty(result["notAnalysed"]!.AsArray());
        Assert.Equal("wishes", (string)result["kernel"]!["config"]!);
    }

    [Fact]
    public void Configuration_and_headers_are_made_once_and_anew_when_the_tree_changes()
    {
        var kconfig = kernel.At("Kconfig");
        Assert.Contains("not selected", kernel.Check("mm/seldom.c").Errors, StringComparison.Ordinal);

        // Same size, same time: whoever still sees the old text did not read the file.
        var (text, time) = (File.ReadAllText(kconfig), File.GetLastWriteTimeUtc(kconfig));
        File.WriteAllText(kconfig, text.Replace("bool \"seldom\"", "def_bool    y", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(kconfig, time);
        Assert.Equal(text.Length, new FileInfo(kconfig).Length);
        Assert.Contains("not selected", kernel.Check("mm/seldom.c").Errors, StringComparison.Ordinal);
        Assert.Equal((0, ""), Brief(kernel.Check("mm/seldom.c", "--no-cache")));

        File.SetLastWriteTimeUtc(kconfig, time.AddSeconds(1));
        Assert.Equal((0, ""), Brief(kernel.Check("mm/seldom.c")));
    }

    [Fact]
    public void A_result_goes_whole_into_a_file()
    {
        var file = kernel.Beside("result.json");
        File.WriteAllText(file, "old");
        var result = kernel.Check("--format", "json", "-o", file);
        Assert.Equal((1, "", ""), (result.Status, result.Output, result.Errors));
        Assert.Single(JsonNode.Parse(File.ReadAllText(file))!["findings"]!.AsArray());
        Assert.Equal(["cache", "linux", "result.json"], Directory.EnumerateFileSystemEntries(kernel.Beside("")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Comments_and_editorconfig_of_the_tree_have_their_say()
    {
        kernel.Write(".editorconfig", "[*.c]\ndotnet_diagnostic.KMM2001.severity = suggestion\n");
        Assert.Equal((0, ""), Brief(kernel.Check()));
        Assert.Equal("info", (string)kernel.Json()["findings"]![0]!["severity"]!);

        kernel.Write("mm/madvise.c", File.ReadAllText(kernel.At("mm/madvise.c")).Replace("range_start(&range);", "range_start(&range); /* mmreview: allow notifier-range-uninit -- a test */", StringComparison.Ordinal));
        var result = kernel.Json();
        Assert.Empty(result["findings"]!.AsArray());
        Assert.Equal("a test", (string)Assert.Single(result["suppressed"]!.AsArray())!["reason"]!);
    }

    [Fact]
    public void Files_may_be_named_as_the_shell_does()
    {
        Assert.Equal(1, kernel.Check(kernel.At("mm/madvise.c")).Status);
        Assert.Equal("mm/madvise.c", (string)kernel.Json(kernel.At("mm/../mm/madvise.c"))["files"]![0]!["file"]!);
    }

    [Fact]
    public void The_fixes_of_findings_come_as_a_patch_that_cures_them()
    {
        kernel.Write("mm/gup.c", "void ugly(void);\nvoid nice(void);\n\nvoid gup(void)\n{\n\tugly();\n}\n");
        string[] only = ["--rules", "ugly-call", "--analyzer", typeof(Report.UglyCall).Assembly.Location];
        var patch = kernel.Check(["mm/gup.c", "--fix-diff", .. only]);
        Assert.Equal(1, patch.Status);
        Assert.StartsWith("diff --git a/mm/gup.c b/mm/gup.c\n--- a/mm/gup.c\n+++ b/mm/gup.c\n@@ ", patch.Output, StringComparison.Ordinal);
        Assert.StartsWith("mmreview: mm/gup.c:6: the fix of ugly-call (make it nothing) is left out: ", patch.Errors, StringComparison.Ordinal);
        Assert.Equal(patch.Output, kernel.Check(["mm/gup.c", "--fix-diff", "-j", "1", .. only]).Output);

        Assert.Equal(1, kernel.Check(["mm/gup.c", "--fix-diff", "-o", kernel.Beside("fixes.patch"), .. only]).Status);
        _ = TestProgram.Git(kernel.Tree, "apply", kernel.Beside("fixes.patch"));
        Assert.Equal((0, ""), Brief(kernel.Check(["mm/gup.c", .. only])));
        Assert.Equal((0, "", ""), (kernel.Check(["mm/gup.c", "--fix-diff", .. only]) is var empty ? (empty.Status, empty.Output, empty.Errors) : default));
        Assert.Equal(2, kernel.Check("--fix-diff", "--format", "json").Status);
    }

    [Fact]
    public void What_clang_says_is_reported_under_the_warnings_of_the_tree()
    {
        const string Code = "int conditional(int a)\n{\n\tint result;\n\n\tif (a)\n\t\tresult = 1;\n\treturn result;\n}\n";
        kernel.Write("mm/gup.c", "int conditional(int a);\n#ifdef __aarch64__\nint twice(int *a, long *b);\nint twice(int *a, long *b)\n{\n\treturn a == b;\n}\n#endif\n" + Code);
        Assert.Contains(Messages(), static message => message.Contains("-Wsometimes-uninitialized", StringComparison.Ordinal));
        Assert.Equal(2, Messages("--arch", "x86_64,arm64").Length);
        Assert.Equal((0, ""), Brief(kernel.Check("mm/gup.c", "--rules", "stale-prev")));

        kernel.Write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\nKBUILD_CFLAGS := -Wall $(call cc-disable-warning, uninitialized)\ninclude $(srctree)/arch/$(SRCARCH)/Makefile\n");
        kernel.Write("arch/arm64/Makefile", "KBUILD_CFLAGS += -Werror -Werror=compare-distinct-pointer-types -Wframe-larger-than=1 -Wno-error=unused\n");
        Assert.Empty(Messages());
        Assert.Equal(["comparison of distinct pointer types ('int *' and 'long *') (-Wcompare-distinct-pointer-types, an error in the kernel's build)"], Messages("--arch", "arm64"));
        Assert.Equal(3, (int)kernel.Json("mm/gup.c", "--arch", "arm64", "--rules", "build")["stats"]!["functions"]! + 1);

        kernel.Write("mm/Makefile", "obj-y += madvise.o gup.o\nCFLAGS_gup.o += -Wuninitialized\n");
        Assert.Single(Messages());
        kernel.Write("mm/gup.c", Code + "int broken(void)\n{\n\treturn nothing;\n}\n");
        var result = kernel.Json("mm/gup.c", "--rules", "build");
        Assert.Contains(("broken", "use of undeclared identifier 'nothing'"), result["findings"]!.AsArray().Select(static finding => ((string)finding!["function"]!, (string)finding["message"]!)));
        Assert.Equal(1, (int)result["stats"]!["functions"]!);

        string[] Messages(params string[] arguments) => [.. kernel.Json(["mm/gup.c", "--rules", "build", .. arguments])["findings"]!.AsArray().Select(static finding => (string)finding!["message"]!)];
    }

    private static (int Status, string Errors) Brief(ProgramResult result) => (result.Status, result.Errors);
}
