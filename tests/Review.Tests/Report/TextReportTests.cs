using System.Text;
using Review.Cli.Output;
using Review.Core.Source;
using Review.Tests.Cli;

namespace Review.Tests.Report;

public class TextReportTests
{
    [Fact]
    public void It_looks_like_clang_with_a_trace()
    {
        var report = new SampleAnalysis()
            .Add("mm/a.c", "void f(int n)\n{\n\tif (n) {\n\t\tgood();\n\n\t\tn = 1, bad();\n\t}\n\tbad();\n}\n")
            .Add("mm/b.c", "void long_name(int n)\n{\n\tif (n &&\n\t    cond())\n\t\tbad();\n\tswitch (n) { }\n}\n")
            .Report();
        Assert.Equal("""
            mm/a.c:7:10: warning: f() calls bad() [call-of-bad KMM9901]
                 4 |         if (n) {
                 7 |                 n = 1, bad();
                   |                        ^~~~~
              trace: f  begins here
                     f  calls it
              more: mmreview explain call-of-bad

            mm/a.c:9:2: warning: f() calls bad() [call-of-bad KMM9901]
                 9 |         bad();
                   |         ^~~~~
              trace: f  begins here
                     f  calls it

            mm/b.c:6:3: warning: long_name() calls bad() [call-of-bad KMM9901]
                 4 |         if (n &&
                 6 |                 bad();
                   |                 ^~~~~
              trace: long_name  begins here
                     long_name  calls it

            mm/b.c:7:10: info: the switch in long_name() has no case [empty-switch KMM9902]
                 7 |         switch (n) { }
                   |                 ^
              more: mmreview explain empty-switch

            2 files, 2 functions, 0 not analysed, 4 findings

            """, TextReport.Render(report));
    }

    [Fact]
    public void What_is_not_analysed_is_said_with_its_cure()
    {
        var text = TextReport.Render(new SampleAnalysis().Add(new Core.Engine.AnalysisInput("mm/a.c", _ => Core.Engine.LoadedUnit.Failed("it is binary", "leave it out"))).Report());
        Assert.Equal("mm/a.c: not analysed: it is binary; leave it out\n\n1 file, 0 functions, 1 not analysed, 0 findings\n", text);
    }

    [Fact]
    public void Colours_only_when_asked_for_and_then_nothing_else_changes()
    {
        var report = new SampleAnalysis().Add("mm/a.c", "void f(void)\n{\n\tbad();\n}\n").Report();
        var plain = TextReport.Render(report);
        var colored = TextReport.Render(report with { UseColors = true });
        Assert.DoesNotContain('\e', plain);
        Assert.Contains("\e[1;35mwarning:\e[0m", colored, StringComparison.Ordinal);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(colored, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public void Hostile_text_stays_on_its_line_and_shows_no_control_characters()
    {
        var text = TextReport.Render(HostileResult.Report());
        HostileResult.AssertHarmlessOnTerminal(text);
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("::", StringComparison.Ordinal));
        Assert.Contains("<U+001B>[31m<U+000A>::error::x].c:2:6: error: ", text, StringComparison.Ordinal);
        Assert.Contains("  patch: introduced by patch 3, gone after the last patch\n", text, StringComparison.Ordinal);
        Assert.Contains("3 findings (1 confirmed), 2 suppressed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interleaving_has_a_column_for_every_thread()
    {
        var lines = TextReport.Render(HostileResult.Report()).Split('\n');
        Assert.Contains(lines, line => line.TrimStart().StartsWith("CPU0", StringComparison.Ordinal) && line.TrimEnd().EndsWith("CPU1", StringComparison.Ordinal));
        var head = Array.FindIndex(lines, line => line.Contains("CPU1", StringComparison.Ordinal));
        Assert.Contains(lines[head..], line => line.Length > 0 && line.IndexOf("writes", StringComparison.Ordinal) == lines[head].IndexOf("CPU1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_very_long_line_is_cut_around_the_place()
    {
        var call = string.Concat(Enumerable.Repeat("good(), ", 2000)) + "bad(), " + string.Concat(Enumerable.Repeat("good(), ", 2000)) + "good();";
        var lines = TextReport.Render(new SampleAnalysis().Add("mm/a.c", $"void f(void)\n{{\n\t{call}\n}}\n").Report()).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 200));
        var caret = lines[2].IndexOf('^', StringComparison.Ordinal);
        Assert.Equal("bad()", lines[1].Substring(caret, 5));
        Assert.Equal("^~~~~", lines[2].Substring(caret));
    }

    [ToolFact("clang-19")]
    public void Clang_puts_the_caret_under_the_same_place()
    {
        var lines = new[]
        {
            "\tint  \t x = nope;", "        \t\tnope;", "\t \t(void)\t(nope\t+ 1);", "/* \t */ nope;", "\t\"é宽e\u0301\", nope;", "\t\"\u200b\u202e\", nope;", "\t\t\t\tif (nope)\t;",
        };
        var code = new StringBuilder("void f(void)\n{\n");
        foreach (var line in lines)
        {
            code.Append(line).Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(code.Append("}\n").ToString());
        var text = new SourceText("x.c", bytes);
        var clang = RunClang(bytes);
        for (var i = 0; i < lines.Length; i++)
        {
            var offset = lines[i].IndexOf("nope", StringComparison.Ordinal);
            var ours = TerminalLine.Of(new LineRange(text.Line(i + 3), offset, offset + 4));
            var shown = Array.FindIndex(clang, line => line.StartsWith($"x.c:{i + 3}:", StringComparison.Ordinal));
            Assert.True(shown >= 0, $"clang says nothing of line {i + 3}");
            Assert.Equal(AfterGutter(clang[shown + 1]), ours.Text);
            Assert.Equal(AfterGutter(clang[shown + 2]).TrimEnd(), ours.Underline[..(ours.Underline.IndexOf('^', StringComparison.Ordinal) + 1)]);
            Assert.Equal("^~~~", ours.Underline.TrimStart());
        }
    }

    private static string AfterGutter(string line) => line[(line.IndexOf('|', StringComparison.Ordinal) + 2)..];

    private static string[] RunClang(byte[] code)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("x.c"), code);
        return TestProgram.Run("clang-19", folder.Path, ["-fsyntax-only", "-Wno-unused-value", "-ferror-limit=0", "-ftabstop=8", "x.c"]).Errors.Split('\n');
    }
}
