using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Tests.Cli;

namespace Review.Tests.Report;

public sealed class FixDiffTests : IDisposable
{
    private const string Code = "void ugly(void); void gone(void); void nice(void);\nvoid f(int n)\n{\n\tgone();\n\tif (n)\n\t\tugly();\n}\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_of_overlapping_fixes_counts_and_the_others_are_named()
    {
        var diff = FixDiff.Of(Analyse(Code).Report());
        Assert.Equal(
            "diff --git a/mm/a.c b/mm/a.c\n--- a/mm/a.c\n+++ b/mm/a.c\n@@ -2,7 +2,6 @@\n"
            + " void ugly(void); void gone(void); void nice(void);\n void f(int n)\n {\n-\tgone();\n \tif (n)\n-\t\tugly();\n+\t\tnice();\n }\n",
            diff.Text);
        Assert.Equal(["mm/a.c:7: the fix of ugly-call (make it nothing) is left out: it overlaps the fix of ugly-call at line 7 (call nice())"], diff.LeftOut.AsEnumerable());
    }

    [Fact]
    public void What_it_cures_is_gone_when_git_has_applied_it()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["mm/a.c"] = Code, ["mm/b d.c"] = Code.Replace("f(", "g(", StringComparison.Ordinal).TrimEnd() };
        var analysis = files.Aggregate(new SampleAnalysis { Rules = AnalyzerSet.Create([new UglyCall()]) }, static (all, file) => all.Add(file.Key, file.Value));
        foreach (var (path, code) in files)
        {
            folder.Write(path, SampleAnalysis.Prelude + code);
        }

        Assert.Equal(6, analysis.Run().Findings.Length);
        Apply(FixDiff.Of(analysis.Report()).Text);
        Assert.All(files.Keys, path => Assert.Empty(Analyse(File.ReadAllText(folder.At(path))[SampleAnalysis.Prelude.Length..]).Run().Findings));
    }

    [Fact]
    public void Git_makes_of_any_edits_what_was_meant()
    {
        var line = Gen.Elements("", "\t", "x", "y", "}", "é");
        var text = line.ListOf().Zip(Gen.Elements("\n", "")).Select(static pair => string.Concat(pair.Item1.Select(static one => one + "\n")) + (pair.Item2.Length > 0 ? "" : "z"));
        var replacements = Gen.Elements("", "new", "new\n", "\nnew", "\n", "a\nb\nc\n");
        var place = Gen.Choose(0, 9).Zip(Gen.Choose(0, 5)).Zip(replacements, static (at, replacement) => (Gap: at.Item1, Length: at.Item2, Replacement: replacement));
        var cases = text.Zip(place.ListOf()).Sample(300, 40).Select(static (pair, index) => (Name: $"f{index}.c", Text: pair.Item1, Places: pair.Item2)).ToList();
        var patch = new StringBuilder();
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, before, places) in cases)
        {
            // Every case has edits in the order of places that do not touch each other, between characters.
            var (edits, after, position) = (new List<TextEdit>(), new StringBuilder(), 0);
            foreach (var (gap, length, replacement) in places)
            {
                var start = position + gap + (edits.Count > 0 ? 1 : 0);
                var end = start + length;
                if (end <= before.Length)
                {
                    edits.Add(new TextEdit(new TextSpan(Encoding.UTF8.GetByteCount(before[..start]), Encoding.UTF8.GetByteCount(before[..end])), replacement));
                    after.Append(before[position..start]).Append(replacement);
                    position = end;
                }
            }

            folder.Write(name, before);
            expected[name] = after.Append(before[position..]).ToString();
            patch.Append(UnifiedDiff.Of(new SourceText(name, Encoding.UTF8.GetBytes(before)), edits));
        }

        Apply(patch.ToString());
        Assert.True(expected.Count(pair => pair.Value != cases.Single(one => one.Name == pair.Key).Text) > 100);
        Assert.All(expected, pair => Assert.Equal(pair.Value, File.ReadAllText(folder.At(pair.Key))));
    }

    [Fact]
    public void A_fix_that_cannot_be_shown_is_left_out_with_the_reason()
    {
        var report = Analyse(Code).Report();
        Assert.Contains("cannot be read", Assert.Single(FixDiff.Of(report with { FindSource = static _ => null }).LeftOut.Take(1)), StringComparison.Ordinal);
        var short1 = report with { FindSource = static path => new SourceText(path, "x\n"u8.ToArray()) };
        Assert.Contains("outside the file", FixDiff.Of(short1).LeftOut[0], StringComparison.Ordinal);
        var latin = report with { FindSource = static path => new SourceText(path, [.. Encoding.UTF8.GetBytes(SampleAnalysis.Prelude + Code), 0xe9]) };
        Assert.Contains("not UTF-8", FixDiff.Of(latin).LeftOut[0], StringComparison.Ordinal);
        Assert.Equal("", FixDiff.Of(latin).Text);
    }

    [Fact]
    public void Json_text_and_sarif_show_it()
    {
        var report = Analyse(Code).Report();
        using var json = JsonDocument.Parse(JsonReport.Render(report));
        var edit = json.RootElement.GetProperty("findings")[1].GetProperty("fix").GetProperty("edits")[0];
        Assert.Equal((7, 3, 7, 7, "nice"), (edit.GetProperty("line").GetInt32(), edit.GetProperty("column").GetInt32(), edit.GetProperty("endLine").GetInt32(), edit.GetProperty("endColumn").GetInt32(), edit.GetProperty("text").GetString()));
        Assert.Contains("  fix: call nice() (--fix-diff)\n", TextReport.Render(report), StringComparison.Ordinal);
        Assert.Contains("Fix: call nice()", HtmlReport.Render(report), StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(SarifReport.Render(report));
        var replacement = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[1].GetProperty("fixes")[0].GetProperty("artifactChanges")[0].GetProperty("replacements")[0];
        Assert.Equal([7, 3, 7, 7], replacement.GetProperty("deletedRegion").EnumerateObject().Select(static property => property.Value.GetInt32()));
        Assert.Equal("nice", replacement.GetProperty("insertedContent").GetProperty("text").GetString());
    }

    private static SampleAnalysis Analyse(string code) => new SampleAnalysis { Rules = AnalyzerSet.Create([new UglyCall()]) }.Add("mm/a.c", code);

    private void Apply(string patch)
    {
        folder.Write("fixes.patch", patch);
        _ = TestProgram.Git(folder.Path, "apply", "--whitespace=nowarn", folder.At("fixes.patch"));
    }
}
