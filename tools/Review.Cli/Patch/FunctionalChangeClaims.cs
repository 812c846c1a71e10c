using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Review.Core.Diagnostics;
using Review.Kernel.Architectures;
using Review.Patches.Diffs;
using Review.Patches.Series;
using Review.Tables.Headers;
using Review.Tables.Lookups;
using Review.Tables.Proofs;

namespace Review.Cli.Patch;

/// <summary>
/// Patches that say they change no behavior: where they rewrite what is decided about advice, tables and switches are compared for every number and every choice of options. What else such a
/// patch says is not judged.
/// </summary>
internal static class FunctionalChangeClaims
{
    private const string Claim = "no functional change";

    /// <summary>What was proved, and in remarks what was refuted.</summary>
    public static (ImmutableArray<ProvedClaim> Proved, ImmutableArray<string> Refuted) Check(PatchSeries series, ImmutableArray<PatchedTree> trees, Architecture architecture)
    {
        var proved = ImmutableArray.CreateBuilder<ProvedClaim>();
        var refuted = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < series.Patches.Length; i++)
        {
            var patch = series.Patches[i];
            if (!patch.Message.Contains(Claim, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var path in patch.Files.Select(static file => file.Path).Where(static path => path.EndsWith(".c", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
            {
                if (Compare(trees[i], trees[i + 1], path, architecture) is { } result)
                {
                    Add(patch.Number, path, result);
                }
            }
        }

        return (proved.ToImmutable(), refuted.ToImmutable());

        void Add(int number, string path, ProofResult result)
        {
            var settings = (1 << result.Options.Length) is var count && count == 1 ? "every int" : string.Create(CultureInfo.InvariantCulture, $"every int and {count} combinations of {string.Join(", ", result.Options)}");
            if (!result.Proved.IsEmpty)
            {
                proved.Add(new ProvedClaim(
                    string.Create(CultureInfo.InvariantCulture, $"patch {number}: {Claim} in {string.Join(", ", result.Proved.Select(static decision => decision.Name))} ({path})"),
                    result.Proved.FirstOrDefault(static decision => decision.Gate is not null)?.Gate is { } gate ? $"{settings}; behind {gate}() for what it lets through" : settings));
            }

            foreach (var difference in result.Differences.DistinctBy(static difference => difference.Decision))
            {
                refuted.Add(string.Create(
                    CultureInfo.InvariantCulture, $"patch {number} says {Claim}, but {difference.Decision} gave {difference.First} before and gives {difference.Second} now for {difference.Low}{(difference.High > difference.Low ? $" to {difference.High}" : "")}"));
            }
        }
    }

    private static ProofResult? Compare(PatchedTree before, PatchedTree after, string path, Architecture architecture)
    {
        if (before.ReadBytes(path) is not { } first || after.ReadBytes(path) is not { } second || first.AsSpan().SequenceEqual(second))
        {
            return null;
        }

        try
        {
            var values = AdviceHeaders.Read(after, architecture.SourceArchitecture);
            return EquivalenceProof.Compare(new LookupSource(path, Encoding.UTF8.GetString(first), values), new LookupSource(path, Encoding.UTF8.GetString(second), values));
        }
        catch (LookupException)
        {
            return null;
        }
    }
}
