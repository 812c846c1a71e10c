using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Model;
using Review.Model.Eras;
using Review.Witness.Exploration;
using Review.Witness.Interpretation;

namespace Review.Witness.Claims;

/// <summary>
/// Tries to confirm claims about functions of one file. Which advice leads to a function is found out by running every advice; the situations are those
/// of the advice. Nothing is derived from the claim but the function, the properties of its rule, and
/// the statements that a run has to pass: one that does not says nothing of the claim.
/// </summary>
public sealed class ClaimSearch(WitnessProgram program, KernelEra era, Bounds bounds)
{
    private const string Advise = "do_madvise";
    private const string AdviseOther = "__do_sys_process_madvise";

    /// <summary>Code that goes down page tables itself goes round for each of 512 entries.</summary>
    private const int RunsOverTables = 10;

    /// <summary>Functions that are called for a claim, the nearest ones.</summary>
    private const int MostEntries = 6;

    private readonly Lazy<ImmutableArray<Way>> ways = new(() =>
    [
        .. from entry in (string[])[Advise, AdviseOther]
           where program.Has(entry)
           from advice in Madv.Names.Keys
           let situations = SituationsOf(entry, advice, era, program.Build)
           let trail = program.TrailOf(entry, situations.Where(static situation => situation.Interference.IsEmpty), bounds)
           select new Way(entry, advice, Madv.NameOf(advice), situations, bounds, trail),
    ]);

    private readonly DirectSituations direct = program.DirectSituations(era);
    private ImmutableArray<Way>? walks;

    /// <summary>Those of madvise() that walk page tables, with the walks' callbacks interpreted.</summary>
    private ImmutableArray<Way> Walks => walks ??=
    [
        .. from way in ways.Value
           where way.Entry == Advise && way.Trail.Walked.Count > 0
           let situations = WalkSituations.For(way.Advice, era, program.Build).ToList()
           let trail = program.TrailOf(Advise, situations, bounds)
           select way with { Situations = situations, IsWalk = true, Trail = trail.With(way.Trail) },
    ];

    /// <summary>The situations that are tried for an entry point.</summary>
    public static IEnumerable<Situation> SituationsOf(string entry, int advice, KernelEra era, KernelBuild build) =>
        entry == AdviseOther ? RemoteSituations.For(advice, era, build) : Situations.For(advice, era, build);

    /// <summary>What all searches together took.</summary>
    public Effort Effort { get; private set; }

    /// <summary>Tries to confirm a claim. Refuted means: no interleaving in any situation of any advice that leads to the function breaks a property of the claim, and runs have passed what it is about.</summary>
    public WitnessResult Try(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (ClaimedProperties.Of(claim.Rule) is not { } sought)
        {
            return Undecided($"the model has no property for {claim.Rule}");
        }

        claim = InBodies(claim);
        var leading = Leading(claim, out var unknown);
        if (WitnessProgram.Binds(claim.Function) && !leading.Exists(way => way.Entry == claim.Function))
        {
            return Undecided($"a call of {claim.Function}() is one step of the model");
        }

        if (leading.Count == 0)
        {
            return Undecided(
                unknown is not null ? $"needs {unknown}"
                : ClaimedProperties.IsOfWalks(claim.Rule) ? $"no walk of page tables that {Advise}() begins calls {claim.Function}()"
                : $"no call of {(ClaimedProperties.IsOfOthers(claim.Rule) ? "process_madvise" : Advise)}() in this file leads to {claim.Function}()");
        }

        if (claim.Line > 0 && !program.HasStatement(new CodePoint(claim.Function, claim.Line)))
        {
            claim = new Claim(claim.Rule, claim.Function);
        }

        var effort = default(Effort);
        var reach = program.Watch(PointsOf(claim));
        string? undecided = null;
        var tried = new List<Way>();
        foreach (var way in leading.TakeWhile(way => !way.IsDirect || (undecided is null && !IsPutToTheTest(claim, reach))))
        {
            tried.Add(way);
            var verdict = program.Explore(way.Entry, way.Situations, sought, way.Bounds, reach);
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

        var turned = undecided is null && claim.Line == 0 ? TakeWaysOut(claim, tried, sought, reach, ref effort) : 0;
        Effort += effort;
        undecided ??= WhyOpen(claim, reach, effort, tried.Exists(static way => way.IsDirect || way.IsWalk));
        return undecided is not null ? Undecided(undecided) : new WitnessResult(WitnessStatus.Refuted, [], null)
        {
            Note = (tried.Exists(static way => way.IsDirect) ? $"by way of {string.Join(", ", tried.Select(static way => way.Name))}: " : "") + Describe(effort) + turned switch { 0 => "", 1 => "; a branch that no situation takes was taken all the same", _ => $"; {turned} branches that no situation takes were taken all the same" },
        };
    }

    /// <summary>
    /// Statements that no situation leads to, because they are there for safety only: those straight on a way out of the function are tried by making every run
    /// take the branch to them. Where only the order of opening and closing counts, other sides of branches that nobody takes are tried in the same way, and runs go on behind them.
    /// That can take a doubt away, and confirms nothing. The number of branches behind which nothing breaks.
    /// </summary>
    private int TakeWaysOut(Claim claim, List<Way> leading, IReadOnlySet<ViolationKind> sought, Reach reach, ref Effort effort)
    {
        if (ClaimedProperties.ShowInResult(claim.Rule) || !ClaimedProperties.MayBeRefuted(claim.Rule) || reach.Coverage.FirstMissing(claim.Function, ClaimedProperties.NeedWholeFunction(claim.Rule)) is null)
        {
            return 0;
        }

        var taken = Take(reach.Coverage.WaysOut(claim.Function), ref effort);
        if (ClaimedProperties.ShowInOrder(claim.Rule) && reach.Coverage.FirstMissing(claim.Function, ClaimedProperties.NeedWholeFunction(claim.Rule)) is not null)
        {
            taken += Take(reach.Coverage.SidesNotTaken(claim.Function), ref effort);
        }

        return taken;

        int Take(IEnumerable<Detour> branches, ref Effort effort)
        {
            var clean = 0;
            foreach (var branch in branches.ToList())
            {
                var turned = program.WatchTurned(claim.Function, branch);
                var verdicts = leading.ConvertAll(way => program.Explore(way.Entry, way.Situations, sought, way.Bounds, turned));
                effort = verdicts.Aggregate(effort, static (sum, verdict) => sum + verdict.Effort);
                if (verdicts.TrueForAll(static verdict => verdict.Kind == VerdictKind.Clean) && turned is { Cut: null, Runs: > 0 })
                {
                    reach.Coverage.Add(claim.Function, turned.Coverage);
                    clean++;
                }
            }

            return clean;
        }
    }

    /// <summary>
    /// Looks whether a defect is gone: in every situation in which the code before had it. Refuted means that it is; that the property may be broken in another
    /// situation is said along with it.
    /// </summary>
    /// <param name="claim">The claim, about the code before.</param>
    /// <param name="before">The code before.</param>
    public WitnessResult TryCured(Claim claim, ClaimSearch before)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(before);
        var broken = before.Verdicts(claim).Where(static verdict => verdict.Kind == VerdictKind.Violated).Select(static verdict => verdict.Situation).ToHashSet(StringComparer.Ordinal);
        var whole = new Claim(claim.Rule, claim.Function);
        if (broken.Count == 0)
        {
            return Try(whole);
        }

        var after = Verdicts(whole).ToList();
        var effort = after.Aggregate(default(Effort), static (sum, verdict) => sum + verdict.Effort);
        Effort += effort;
        var same = after.Where(verdict => broken.Contains(verdict.Situation)).ToList();
        if (same.Find(static verdict => verdict.Kind == VerdictKind.Violated) is { } still)
        {
            return new WitnessResult(WitnessStatus.Confirmed, still.Steps, still.Message) { Note = Describe(effort) };
        }

        if (same.Find(static verdict => verdict.Kind != VerdictKind.Clean) is { } open)
        {
            return Undecided(open.Message);
        }

        var gone = $"in none of the {same.Count} situations in which it went wrong before does it now";
        return new WitnessResult(WitnessStatus.Refuted, [], null)
        {
            Note = after.Find(static verdict => verdict.Kind == VerdictKind.Violated) is { } other ? $"{gone}, but {(before.IsClean(whole, other.Situation) ? "now it does in one in which it did not before" : "it does in another one")}, {other.Situation}: {other.Message}" : gone,
        };
    }

    private bool IsClean(Claim claim, string situation) => Verdicts(claim).Any(verdict => verdict.Situation == situation && verdict.Kind == VerdictKind.Clean);

    /// <summary>What every single situation says of a claim.</summary>
    private IEnumerable<Verdict> Verdicts(Claim claim)
    {
        if (ClaimedProperties.Of(claim.Rule) is not { } sought)
        {
            return [];
        }

        claim = InBodies(claim);
        var reach = program.Watch(PointsOf(claim));
        return Leading(claim, out _).SelectMany(way => way.Situations.Select(situation =>
        {
            var verdict = program.Explore(way.Entry, [situation], sought, way.Bounds, reach);
            return verdict with { Situation = $"{way.Name}, {situation.Name}" };
        }));
    }

    private Claim InBodies(Claim claim) =>
        claim with { Function = program.BodyOf(claim.Function), Way = [.. claim.Way.Select(place => (program.BodyOf(place.Function), place.Line))] };

    private static List<CodePoint> PointsOf(Claim claim) =>
        claim.Line == 0 ? [] : [.. claim.Way.Prepend((claim.Function, claim.Line)).Select(static place => new CodePoint(place.Function, place.Line))];

    /// <summary>
    /// The calls that lead to what a claim is about. What madvise() does as well is tried there: process_madvise() adds its own loop and no others. A claim about
    /// a table leads everywhere. A function that neither leads to is called by way of those that other files call.
    /// </summary>
    private List<Way> Leading(Claim claim, out string? unknown)
    {
        unknown = null;
        if (claim.Function.Length > 0 && !IsReachedBy(Advise, claim.Function) && Walks.Where(way => way.Trail.Entered.Contains(claim.Function) || way.Trail.Walked.Contains(claim.Function)).ToList() is { Count: > 0 } walking)
        {
            return walking;
        }

        if (ClaimedProperties.IsOfWalks(claim.Rule))
        {
            return [];
        }

        if (claim.Function.Length > 0 && !ClaimedProperties.IsOfOthers(claim.Rule) && !IsReachedBy(Advise, claim.Function) && !IsReachedBy(AdviseOther, claim.Function))
        {
            return Direct(claim.Function, out unknown);
        }

        var entry = !ClaimedProperties.IsOfOthers(claim.Rule) && (claim.Function.Length == 0 || IsReachedBy(Advise, claim.Function)) ? Advise : AdviseOther;
        return [.. ways.Value.Where(way => way.Entry == entry && (claim.Function.Length == 0 || way.Trail.Entered.Contains(claim.Function)))];
    }

    /// <summary>The calls of the functions through which other files come to a function; unknown says why there are none.</summary>
    private List<Way> Direct(string function, out string? unknown)
    {
        var found = new List<Way>();
        unknown = null;
        foreach (var entry in direct.EntriesTo(function).Take(MostEntries))
        {
            var situations = direct.For(entry, out var missing);
            unknown ??= missing;
            if (!situations.IsEmpty)
            {
                found.Add(new Way(entry, 0, $"{entry}()", situations, bounds with { AllStates = bounds.States, States = bounds.States / RunsOverTables, Instructions = RunsOverTables * bounds.Instructions }, new Trail()) { IsDirect = true });
            }
        }

        return found;
    }

    private bool IsReachedBy(string entry, string function) => ways.Value.Any(way => way.Entry == entry && way.Trail.Entered.Contains(function));

    /// <summary>True if runs have passed all that a claim is about: then functions from which it is further are not called as well.</summary>
    private static bool IsPutToTheTest(Claim claim, Reach reach) =>
        reach.Runs > 0 && (claim.Line > 0 || reach.Coverage.FirstMissing(claim.Function, ClaimedProperties.NeedWholeFunction(claim.Rule)) is null);

    /// <summary>Why a search that found nothing says nothing; null if it refutes the claim.</summary>
    private string? WhyOpen(Claim claim, Reach reach, Effort effort, bool isOrderOnly) => claim switch
    {
        _ when reach.Elsewhere is { } other => $"{other}, but not by way of line {claim.Line}",
        _ when reach.Cut is { } cut => $"a run ends before its end: {cut}",
        _ when reach.Doubt is { } doubt => doubt,

        // A mapping that was not looked at again may show in nothing else.
        _ when ClaimedProperties.NeedInterference(claim.Rule) && reach.Round is { } round => round,
        _ when ClaimedProperties.IsOfOthers(claim.Rule) && IsReachedBy(Advise, claim.Function) => $"the model has no property for what {claim.Function}() does to the caller's own memory",
        _ when !ClaimedProperties.MayBeRefuted(claim.Rule) || (isOrderOnly && !ClaimedProperties.MayBeRefutedByDirectCalls(claim.Rule)) => $"no violation in {Describe(effort)}, but the model does not show every defect of this class",
        { Line: 0 } when reach.Coverage.FirstMissing(claim.Function, ClaimedProperties.NeedWholeFunction(claim.Rule)) is { } line => $"no situation leads to line {line} in {claim.Function}()",
        { Line: 0 } when reach.Runs == 0 => $"no run that comes to {claim.Function}() can be judged: what is left out counts only where every page is worked on",
        _ when reach.Runs == 0 => claim.Way.IsEmpty ? $"no situation leads to line {claim.Line} in a way that can be judged" : $"no situation leads to line {claim.Line} on the way that is reported",
        _ when ClaimedProperties.NeedInterference(claim.Rule) && reach is { Relocked: > 0, Disturbed: 0 } => "nobody else could change the mappings while mmap_lock was dropped",
        _ when ClaimedProperties.NeedDrops(claim.Rule) && reach.NeverDropping is { } function => $"no situation makes {function}() drop mmap_lock",
        _ => null,
    };

    private static WitnessResult Undecided(string why) => WitnessResult.None with { Note = why };

    private static string Describe(Effort effort) => $"{effort.Situations} situations, {effort.States} states, {effort.Interleavings} interleavings";

    /// <summary>A call of an entry point with an advice or arguments, the situations it is tried in, and the functions that it comes to.</summary>
    private sealed record Way(string Entry, int Advice, string Name, IEnumerable<Situation> Situations, Bounds Bounds, Trail Trail)
    {
        /// <summary>True if callbacks of page walks are interpreted.</summary>
        public bool IsWalk { get; init; }

        /// <summary>True for a function of the kernel that other files call.</summary>
        public bool IsDirect { get; init; }
    }
}
