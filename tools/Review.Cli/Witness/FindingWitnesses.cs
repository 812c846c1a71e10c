using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Model.Eras;
using Review.Witness;
using Review.Witness.Claims;
using Review.Witness.Exploration;

namespace Review.Cli.Witness;

/// <summary>Tries to confirm the findings of a check by running the code they are about, and claims that somebody forces on it.</summary>
/// <param name="load">Gives the tree of a file; null if it cannot be had.</param>
/// <param name="version">The kernel's version.</param>
/// <param name="forced">Claims to add as findings.</param>
/// <param name="rules">Knows the numbers of the rules in those.</param>
internal sealed class FindingWitnesses(Func<string, TranslationUnit?> load, KernelVersion version, ImmutableArray<Claim> forced, RuleCatalog rules)
{
    private readonly Dictionary<string, (TranslationUnit Unit, ClaimSearch Search)?> searches = new(StringComparer.Ordinal);

    /// <summary>The model of a kernel: the newest one that is not newer than the kernel.</summary>
    public static KernelEra EraOf(KernelVersion version) =>
        KernelEra.All.LastOrDefault(era => era.Version <= (version.Major * 100) + version.Patchlevel) ?? KernelEra.All[0];

    /// <summary>The result with a witness for every finding.</summary>
    public AnalysisResult Apply(AnalysisResult result)
    {
        ImmutableArray<Finding> claimed = [.. result.Files.SelectMany(file => Forced(file.Path))];
        return result with
        {
            Findings = [.. result.Findings.Select(finding => finding with { Witness = Of(finding) }).Concat(claimed).OrderBy(static finding => finding.Path, StringComparer.Ordinal).ThenBy(static finding => finding.Line)],
        };
    }

    /// <summary>What running the code says of a finding.</summary>
    public WitnessResult Of(Finding finding) =>
        SearchIn(finding.Path)?.Search.Try(Claim.Of(finding)) ?? WitnessResult.None with { Note = $"{finding.Path} cannot be run" };

    /// <summary>What running the code says of a finding of other code that this has not: is the defect gone?</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="before">The code that has it.</param>
    public WitnessResult OfCured(Finding finding, FindingWitnesses before) => (SearchIn(finding.Path), before.SearchIn(finding.Path)) is ({ } now, { } then)
        ? now.Search.TryCured(Claim.Of(finding), then.Search)
        : WitnessResult.None with { Note = $"{finding.Path} cannot be run" };

    private (TranslationUnit Unit, ClaimSearch Search)? SearchIn(string path)
    {
        if (!searches.TryGetValue(path, out var search))
        {
            search = load(path) is { } unit ? (unit, new ClaimSearch(new WitnessProgram(unit), EraOf(version), Bounds.Default)) : null;
            searches[path] = search;
        }

        return search;
    }

    /// <summary>The forced claims about functions of a file, as findings at the functions' names.</summary>
    private IEnumerable<Finding> Forced(string path)
    {
        foreach (var claim in forced)
        {
            if (SearchIn(path) is not var (unit, search) || unit.Functions.FirstOrDefault(function => SystemCallName.IsOf(claim.Function, function.Name)) is not { } function)
            {
                continue;
            }

            var (start, end) = (unit.Text.PositionOf(function.NameSpan.Start), unit.Text.PositionOf(function.NameSpan.End));
            yield return new Finding
            {
                Rule = claim.Rule,
                Id = rules.Find(claim.Rule)?.Descriptor.Id ?? "",
                Severity = DiagnosticSeverity.Info,
                Message = $"{claim.Rule} is claimed of {claim.Function}() by --force-claim",
                Path = path,
                Line = start.Line,
                Column = start.Column,
                EndLine = end.Line,
                EndColumn = end.Column,
                Function = claim.Function,
                Fingerprint = "0000000000000000",
                Witness = search.Try(claim),
            };
        }
    }
}
