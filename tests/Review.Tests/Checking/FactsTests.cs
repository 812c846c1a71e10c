using System.Text.Json.Nodes;
using Review.Tests.Cli;

namespace Review.Tests.Checking;

/// <summary><c>mmreview facts</c>, and <c>check</c> of files that call each other.</summary>
public sealed class FactsTests : IDisposable
{
    private const string Caller = """
        #include "internal.h"

        void announce(struct mmu_notifier_range *range);
        int zap(unsigned long start)
        {
        	struct mmu_notifier_range range;

        	mmu_notifier_range_init(&range, 0, 0, 0, 0, start, start + 4096);
        	announce(&range);
        	return 0;
        }

        """;

    private const string Helper = """
        #include "internal.h"

        void announce(struct mmu_notifier_range *range)
        {
        	mmu_notifier_invalidate_range_start(range);
        }

        """;

    private readonly MiniKernel kernel = new();

    public FactsTests()
    {
        kernel.Write("mm/madvise.c", Caller);
        kernel.Write("mm/gup.c", Helper);
    }

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void A_helper_moved_to_another_file_changes_no_finding()
    {
        var apart = Findings("mm/madvise.c", "mm/gup.c");
        Assert.Equal(["notifier-unpaired"], apart.Select(static finding => (string?)finding!["rule"]));
        kernel.Write("mm/madvise.c", File.ReadAllText(kernel.At("mm/madvise.c")) + Helper.Replace("#include \"internal.h\"\n", "", StringComparison.Ordinal));
        kernel.Write("mm/gup.c", "int gup(void);\n");
        Assert.Equal(apart.ToJsonString(), Findings("mm/madvise.c").ToJsonString());
    }

    [Fact]
    public void Facts_written_before_stand_for_the_other_files()
    {
        var alone = Findings("mm/madvise.c");
        Assert.Empty(alone);
        foreach (var jobs in (string[])["1", "4"])
        {
            var written = kernel.Run(["facts", "--kernel", kernel.Tree, "--write", kernel.Beside($"f{jobs}.facts"), "mm/*.c", "-j", jobs]);
            Assert.Equal((0, "", ""), (written.Status, written.Output, written.Errors));
        }

        Assert.Equal(File.ReadAllText(kernel.Beside("f1.facts")), File.ReadAllText(kernel.Beside("f4.facts")));
        Assert.Contains("subject NotifierRange.facts\nfile mm/gup.c\nannounce: starts *0\n", File.ReadAllText(kernel.Beside("f1.facts")), StringComparison.Ordinal);
        Assert.Equal(Findings("mm/madvise.c", "mm/gup.c").ToJsonString(), Findings("mm/madvise.c", "--facts", kernel.Beside("f1.facts")).ToJsonString());
    }

    [Fact]
    public void A_function_is_explained_with_the_way_to_its_effects()
    {
        kernel.Write("mm/gup.c", Helper + "void outer(struct mmu_notifier_range *range)\n{\n\tannounce(range);\n}\n");
        var result = kernel.Run(["facts", "--kernel", kernel.Tree, "outer"]);
        Assert.Equal((0, ""), (result.Status, result.Errors));
        Assert.StartsWith("outer() as mm/gup.c knows it\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nNotifier, from mm/gup.c\n  outer: starts *0\n    starts *0: outer() -> announce() -> mmu_notifier_invalidate_range_start() (NotifierRange.facts)\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nno effects: ", result.Output, StringComparison.Ordinal);

        var json = JsonNode.Parse(kernel.Run(["facts", "--kernel", kernel.Tree, "mmu_notifier_invalidate_range_end", "--format", "json"]).Output)!;
        var subject = Assert.Single(json["files"]![0]!["subjects"]!.AsArray(), static subject => (string?)subject!["subject"] == "Notifier")!;
        Assert.Equal("NotifierRange.facts", (string?)subject["source"]);
        Assert.Equal("mmu_notifier_invalidate_range_end: ends *0", (string?)subject["outcomes"]![0]);
    }

    [Theory]
    [InlineData("no_such_function: no table and no file looked at knows a function of that name", "no_such_function")]
    [InlineData("facts needs a FUNCTION, or --write FILE")]
    [InlineData("unknown option '--nonsense'", "zap", "--nonsense")]
    [InlineData("mm/none.c", "zap", "mm/none.c")]
    public void Bad_usage_is_said_in_one_line(string message, params string[] arguments)
    {
        var result = kernel.Run(["facts", "--kernel", kernel.Tree, .. arguments]);
        Assert.Equal(2, result.Status);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_file_that_holds_no_facts_is_refused()
    {
        File.WriteAllText(kernel.Beside("bad.facts"), "subject A.facts\nwhat is this\n");
        var result = kernel.Check("mm/madvise.c", "--facts", kernel.Beside("bad.facts"));
        Assert.Equal(2, result.Status);
        Assert.Contains("not a fact: 'what is this'", result.Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be read", kernel.Check("mm/madvise.c", "--facts", kernel.Beside("none.facts")).Errors, StringComparison.Ordinal);
    }

    private JsonArray Findings(params string[] arguments) => kernel.Json(["--rules", "notifier-*", .. arguments])["findings"]!.AsArray();
}
