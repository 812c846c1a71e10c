using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Model;
using Review.Model.Eras;
using Review.Witness.Exploration;

namespace Review.Witness.Claims;

/// <summary>
/// Tries to confirm claims about functions of one file. Which advice leads to a function is found out by running every advice; the situations are those
/// of the advice. Nothing is derived from the claim but the function and the properties of its rule.
/// </summary>
public sealed class ClaimSearch(WitnessProgram program, KernelEra era, Bounds bounds)
{
    private const string Entry = "do_madvise";

    private readonly Lazy<ImmutableArray<(int Advice, IReadOnlySet<string> Functions)>> reached = new(() => !program.Has(Entry) ? [] :
    [
        .. Madv.Names.Keys.Select(advice => (advice, (IReadOnlySet<string>)Situations.For(advice, era)
            .Where(static situation => situation.Interference.IsEmpty)
            .SelectMany(situation => program.Reached(Entry, situation, bounds)).ToHashSet(StringComparer.Ordinal))),
    ]);

    /// <summary>What all searches together took.</summary>
    public Effort Effort { get; private set; }

    /// <summary>Tries to confirm a claim. Refuted means: no interleaving in any situation of any advice that leads to the function breaks a property of the claim.</summary>
    public WitnessResult Try(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (ClaimedProperties.Of(claim.Rule) is not { } sought)
        {
            return Undecided($"the model has no property for {claim.Rule}");
        }

        var advices = reached.Value.Where(row => row.Functions.Contains(claim.Function)).Select(static row => row.Advice).ToList();
        if (advices.Count == 0)
        {
            return Undecided($"no call of {Entry}() in this file leads to {claim.Function}()");
        }

        var effort = default(Effort);
        string? undecided = null;
        foreach (var advice in advices)
        {
            var verdict = program.Explore(Entry, Situations.For(advice, era), sought, bounds);
            effort += verdict.Effort;
            switch (verdict.Kind)
            {
                case VerdictKind.Violated:
                    Effort += effort;
                    return new WitnessResult(WitnessStatus.Confirmed, verdict.Steps, verdict.Message) { Note = Describe(effort) };
                case VerdictKind.NotWitnessed or VerdictKind.OutOfBound:
                    undecided ??= verdict.Message;
                    break;
            }
        }

        Effort += effort;
        undecided ??= ClaimedProperties.MayBeRefuted(claim.Rule) ? null : $"no violation in {Describe(effort)}, but the model does not show every defect of this class";
        return undecided is not null ? Undecided(undecided) : new WitnessResult(WitnessStatus.Refuted, [], null) { Note = Describe(effort) };
    }

    private static WitnessResult Undecided(string why) => WitnessResult.None with { Note = why };

    private static string Describe(Effort effort) => $"{effort.Situations} situations, {effort.States} states, {effort.Interleavings} interleavings";
}
