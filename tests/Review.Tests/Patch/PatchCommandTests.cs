using System.Text.Json.Nodes;
using Review.Tests.Checking;
using Review.Tests.Cli;

namespace Review.Tests.Patch;

/// <summary><c>mmreview patch</c> on a kernel of our own: series made by git, from a mailbox.</summary>
public sealed class PatchCommandTests : IDisposable
{
    private const string Broken = "\trange.start = start;\n\tmmu_notifier_invalidate_range_start(&range);\n\tmmu_notifier_invalidate_range_end(&range);\n";

    private readonly MiniKernel kernel = new();
    private readonly string start;

    public PatchCommandTests() => start = TestProgram.Commit(kernel.Tree);

    [Fact]
    public void What_survives_is_reported_on_the_patch_that_introduced_it()
    {
        Edit("mm/gup.c", "int gup(void)\n{\n\treturn 1;\n}\n");
        Edit("mm/gup.c", With("stays", "goes"));
        Edit("mm/gup.c", With("stays"));
        var json = Json("series.mbox");
        var finding = Assert.Single(json["findings"]!.AsArray())!;
        Assert.Equal(("notifier-range-uninit", "stays", 2, true), ((string?)finding["rule"], (string?)finding["function"], (int)finding["patch"]!["introduced"]!, (bool)finding["patch"]!["survives"]!));
        var transient = Assert.Single(json["series"]!["transient"]!.AsArray())!;
        Assert.Equal(("goes", 2, false), ((string?)transient["function"], (int)transient["patch"]!["introduced"]!, (bool)transient["patch"]!["survives"]!));
    }

    [Fact]
    public void A_finding_of_before_is_old_when_its_lines_are_edited_and_cured_when_it_goes()
    {
        Edit("mm/madvise.c", "#include \"internal.h\"\n\nvoid zap(unsigned long start)\n{\n\tstruct mmu_notifier_range r;\n\n\tr.start = start;\n\tmmu_notifier_invalidate_range_start(&r);\n\tmmu_notifier_invalidate_range_end(&r);\n}\n");
        Assert.Empty(Json("series.mbox")["findings"]!.AsArray());
        var old = Assert.Single(Json("series.mbox", "--old")["findings"]!.AsArray())!;
        Assert.Null(old["patch"]!["introduced"]);

        Edit("mm/madvise.c", "#include \"internal.h\"\n\nvoid zap(unsigned long start)\n{\n}\n");
        Assert.Equal(2, (int)Assert.Single(Json("series.mbox")["series"]!["cured"]!.AsArray())!["curedBy"]!);
    }

    [Fact]
    public void A_changed_header_is_seen_by_the_files_that_include_it()
    {
        Edit("mm/internal.h", "#include <linux/mmu_notifier.h>\nextern int gone(void);\n#error broken\n");
        var json = Json("series.mbox");
        Assert.Contains("broken", json["notAnalysed"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_that_touches_nothing_of_interest_is_dismissed()
    {
        Edit("drivers/x.c", "int x;\n");
        var result = Run("series.mbox");
        Assert.Equal(0, result.Status);
        Assert.Contains("no file under mm/ is touched", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_that_does_not_apply_is_not_analysed()
    {
        Edit("mm/gup.c", With("stays"));
        TestProgram.Git(kernel.Tree, "checkout", "--quiet", start);
        var result = Run("series.mbox", "--base", start);
        Assert.Equal(1, result.Status);
        File.WriteAllText(kernel.Beside("series.mbox"), File.ReadAllText(kernel.Beside("series.mbox")).Replace("return 0", "return 7", StringComparison.Ordinal));
        result = Run("series.mbox", "--base", start);
        Assert.Equal(2, result.Status);
        Assert.Contains("patch 1: mm/gup.c, hunk 1: does not apply", Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("not analysed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_of_the_patch_silence_nothing()
    {
        Edit("mm/gup.c", With("stays").Replace("\tmmu_notifier_invalidate_range_start", "\t/* mmreview: allow notifier-range-uninit -- trust me */\n\tmmu_notifier_invalidate_range_start", StringComparison.Ordinal));
        Assert.Single(Json("series.mbox")["findings"]!.AsArray());
    }

    public void Dispose() => kernel.Dispose();

    private static string With(params string[] functions) =>
        "#include \"internal.h\"\n" + string.Concat(functions.Select(static name => $"void {name}(unsigned long start);\nvoid {name}(unsigned long start)\n{{\n\tstruct mmu_notifier_range range;\n\n{Broken}}}\n"))
        + "int gup(void)\n{\n\treturn 0;\n}\n";

    private void Edit(string path, string text)
    {
        kernel.Write(path, text);
        TestProgram.Commit(kernel.Tree);
        File.WriteAllText(kernel.Beside("series.mbox"), TestProgram.Git(kernel.Tree, "format-patch", "--stdout", $"{start}..HEAD") + "\n");
    }

    private ProgramResult Run(string mail, params string[] arguments) =>
        kernel.Run(["patch", kernel.Beside(mail), "--kernel", kernel.Tree, .. arguments.Contains("--base") ? arguments : [.. arguments, "--base", start]]);

    private JsonObject Json(string mail, params string[] arguments)
    {
        var result = Run(mail, ["--format", "json", "--rules", "notifier-range-uninit,build", .. arguments]);
        Assert.True(result.Status is 0 or 1, result.Errors);
        return JsonNode.Parse(result.Output)!.AsObject();
    }
}
