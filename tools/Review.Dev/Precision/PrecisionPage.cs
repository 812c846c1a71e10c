using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Dev.Corpus;

namespace Review.Dev.Precision;

/// <summary>The page that says how right the rules are, made of one run.</summary>
internal sealed class PrecisionPage(AnalysisResult untouched, ImmutableArray<MutationResult> mutations, ImmutableArray<Trap> traps, Dictionary<string, Verdict> verdicts)
{
    /// <summary>The findings of warning or higher that nobody has read.</summary>
    public ImmutableArray<Finding> Unread => [.. Serious.Where(finding => !verdicts.ContainsKey(finding.Fingerprint))];

    /// <summary>The whole in one line.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"bugs {Bugs.Count(static bug => bug.IsRight)}/{Bugs.Length}, neutral edits silent {Neutral.Count(static edit => edit.IsRight)}/{Neutral.Length}, traps silent {traps.Count(IsSilent)}/{traps.Length}, "
        + $"findings of warning or higher {Serious.Length}: {Serious.Count(finding => verdicts.GetValueOrDefault(finding.Fingerprint)?.IsTrue == true)} true, {Unread.Length} unread");

    private ImmutableArray<Finding> Serious => [.. untouched.Findings.Where(static finding => finding.Severity >= DiagnosticSeverity.Warning)];

    private ImmutableArray<MutationResult> Bugs => [.. mutations.Where(static result => result.Mutation.Rule is not null)];

    private ImmutableArray<MutationResult> Neutral => [.. mutations.Where(static result => result.Mutation.Rule is null)];

    public override string ToString()
    {
        var page = new StringBuilder();
        Line(page, "# Precision");
        Line(page, "");
        Line(page, "Made by `dotnet run --project tools/Review.Dev -- precision --kernel DIR`; not edited by hand. A mutation is a script that edits the tree (tests/corpus/mutations); a bug counts as");
        Line(page, "caught if its rule fires in the function that was edited and did not fire there before. Verdicts are by people who read the code (docs/verdicts.tsv).");
        Line(page, "");
        Line(page, $"Linux {untouched.Kernel.Version} {untouched.Kernel.Architecture}: {untouched.Files.Length} files, {untouched.FunctionCount} functions, {untouched.NotAnalysed.Length} not analysed. {Summary}.");
        Rules(page);
        Mutations(page, "Bugs missed", [.. Bugs.Where(static bug => !bug.IsRight)]);
        Mutations(page, "Neutral edits that are reported", [.. Neutral.Where(static edit => !edit.IsRight)]);
        Traps(page);
        Findings(page, "Findings on the untouched tree", Serious);
        Findings(page, "Remarks (info) on the untouched tree", [.. untouched.Findings.Except(Serious)]);
        return page.ToString();
    }

    private void Rules(StringBuilder page)
    {
        Line(page, "");
        Line(page, "## Rules");
        Line(page, "");
        Line(page, "| rule | bugs caught | traps silent | findings on the untouched tree |");
        Line(page, "|---|---|---|---|");
        foreach (var rule in untouched.Rules)
        {
            var bugs = Bugs.Where(bug => bug.Mutation.Rule == rule).ToList();
            var own = traps.Where(trap => trap.Rule == rule).ToList();
            Line(page, $"| {rule} | {bugs.Count(static bug => bug.IsRight)} of {bugs.Count} | {own.Count(IsSilent)} of {own.Count} | {untouched.Findings.Count(finding => finding.Rule == rule)} |");
        }
    }

    private static void Mutations(StringBuilder page, string title, ImmutableArray<MutationResult> results)
    {
        Line(page, "");
        Line(page, "## " + title);
        Line(page, "");
        Line(page, results.IsEmpty ? "None." : "| mutation | expected | reported | why |\n|---|---|---|---|");
        foreach (var (mutation, added) in results)
        {
            Line(page, $"| {mutation.Name} | {(mutation.Rule is null ? "nothing" : $"{mutation.Rule} in {mutation.Function}()")} | {(added.Count == 0 ? "nothing" : string.Join("; ", added.Select(static finding => $"{finding.Rule} in {finding.Function}()").Distinct(StringComparer.Ordinal)))} | {mutation.Limit ?? "not known"} |");
        }
    }

    private void Traps(StringBuilder page)
    {
        Line(page, "");
        Line(page, "## Traps: code that looks wrong and is right");
        Line(page, "");
        Line(page, "| function | rule | why it is right | silent |\n|---|---|---|---|");
        foreach (var trap in traps)
        {
            Line(page, $"| {trap.Function} | {trap.Rule} | {trap.Why} | {(IsSilent(trap) ? "yes" : "NO")} |");
        }
    }

    private void Findings(StringBuilder page, string title, ImmutableArray<Finding> findings)
    {
        Line(page, "");
        Line(page, "## " + title);
        Line(page, "");
        Line(page, findings.IsEmpty ? "None." : "| where | rule | message | verdict |\n|---|---|---|---|");
        foreach (var finding in findings)
        {
            var verdict = verdicts.GetValueOrDefault(finding.Fingerprint) is var (isTrue, reason) ? $"{(isTrue ? "true" : "FALSE")}: {reason}" : "not read yet";
            Line(page, $"| {finding.Path} {finding.Function}() | {finding.Severity.Word()} {finding.Rule} | {finding.Message.Replace("|", "\\|", StringComparison.Ordinal)} | {verdict} |");
        }
    }

    private bool IsSilent(Trap trap) => !untouched.Findings.Any(trap.IsSprungBy);

    private static void Line(StringBuilder page, string line) => page.Append(line).Append('\n');
}
