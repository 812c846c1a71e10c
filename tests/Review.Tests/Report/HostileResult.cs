using Microsoft.CodeAnalysis;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Tests.Report;

/// <summary>A result that holds everything a result can hold, with text that tries to break out of every format.</summary>
internal static class HostileResult
{
    public const string Path = "mm/a b%:,\"'<script>alert(1)</script>\e[31m\n::error::x].c";
    public const string Message = "]]> </pre><script>alert(2)</script> & \"quoted\" \e]0;title\a \u202ereversed\u202c 100% %0A [link](http://evil.example) {0}\r\n::error file=x::injected";
    public const string Line = "\tif (é == \"</mark>\") /* \e[2J 宽 */ return <b>;";

    public static Review.Cli.Output.Report Report()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes("int x;\n" + Line + "\n\tmore;\n");
        var source = new SourceText(Path, bytes);
        var finding = new Finding
        {
            Rule = "call-of-bad", Id = "KMM9901", Severity = DiagnosticSeverity.Error, Message = Message, Path = Path,
            Line = 2, Column = 6, EndLine = 2, EndColumn = 8, Function = "f<i>", Fingerprint = "0123456789abcdef",
            Trace = [new TraceStep(Path, 2, "f<i>", Message), new TraceStep("mm/unknown.c", 99, "", "far away")],
            Witness = new WitnessResult(WitnessStatus.Confirmed,
                [new WitnessStep(0, "f<i>", Path, 2, Message), new WitnessStep(1, "", "", 0, "writes"), new WitnessStep(0, "g", "mm/g.c", 3, "reads")], "page lost: " + Message),
            Patch = new PatchPlace(3, Survives: false),
            Fix = new Fix(Message, new TextSpan(8, 10), Message),
            Builds = new BuildOccurrence([new AnalysedBuild("x86_64", Message)], [new AnalysedBuild("x86_64", "")]),
        };
        var outside = finding with { Line = 9, EndLine = 12, Column = 400, Witness = WitnessResult.None, Patch = new PatchPlace(null, Survives: true), Severity = DiagnosticSeverity.Info };
        var multiline = finding with { Line = 2, EndLine = 3, EndColumn = 6, Trace = [], Witness = new WitnessResult(WitnessStatus.Refuted, [], null) { Note = "two situations were tried: " + Message }, Severity = DiagnosticSeverity.Warning, Patch = null };
        var result = new AnalysisResult
        {
            Tool = SampleAnalysis.Tool,
            Kernel = new KernelInfo("6.1<b>", "deadbeef", "x86_64,arm64", "\"default\""),
            Rules = ["call-of-bad", "engine"],
            Files = [new AnalysedFile(Path, 3)],
            Findings = [finding, multiline, outside],
            Suppressed = [finding with { Suppression = new FindingSuppression(SuppressionKind.Comment, Message) }, finding with { Suppression = new FindingSuppression(SuppressionKind.Baseline, "in the baseline") }],
            Proved = [new ProvedClaim(Message, "two pages")],
            NotAnalysed = [new NotAnalysed(Path, null, Message, Message), new NotAnalysed("mm/g.c", "g", "reason", "cure")],
        };
        return new Review.Cli.Output.Report(result, SampleRules.All.Catalog, path => path == Path ? source : null);
    }

    /// <summary>No control character but LF, and nothing that turns the writing direction around.</summary>
    public static void AssertHarmlessOnTerminal(string text) =>
        Assert.DoesNotContain(text.EnumerateRunes(), rune => rune.Value != '\n' && (System.Text.Rune.IsControl(rune) || rune.Value is 0x202E or 0x202C));
}
