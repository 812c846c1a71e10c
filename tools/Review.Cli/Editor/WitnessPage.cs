using Review.Cli.Output;
using Review.Cli.Witness;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Lsp.Reviewing;

namespace Review.Cli.Editor;

/// <summary>A run of the code that a finding is about, as text and as a page.</summary>
internal static class WitnessPage
{
    /// <summary>Runs the code on the model.</summary>
    public static WitnessPicture Of(AnalysisResult result, Finding finding, TranslationUnit unit, KernelVersion version, RuleCatalog rules)
    {
        var witness = new FindingWitnesses(path => path == unit.Path ? unit : null, version, [], rules).Of(finding);
        var shown = result with { Findings = [finding with { Witness = witness }], Suppressed = [], NotAnalysed = [] };
        SourceText? Find(string path) => path == unit.Path ? unit.Text : null;
        var words = WitnessWords.Of(witness) is { Length: > 0 } said ? said : "the model has no run for findings of this rule";
        var text = witness.Status == WitnessStatus.Confirmed ? $"{words}\n\n{string.Join('\n', WitnessTable.Lines(witness))}\n" : words + "\n";
        return new WitnessPicture(witness.Status.ToString().ToLowerInvariant(), text, HtmlReport.Render(new Report(shown, rules, Find)));
    }
}
