using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>
/// The runs of rules on the versions of one file, for the next version: a rule runs again only on functions that have changed, and on those of which something has changed that
/// its last run there has read elsewhere; of the others it is known what it would say. All runs again where something outside of functions has changed
/// (<see cref="TranslationUnit.Surroundings"/>). Belongs to one file; a version that nobody waits for any more may still be running when the next one begins.
/// </summary>
public sealed class RunHistory
{
    private readonly ConcurrentDictionary<(LoadedAnalyzer Analyzer, long Revision), KeptRun> runs = [];
    private readonly Lock access = new();
    private object? surroundings;

    /// <summary>The runs of which something is kept; bounded by the rules and the functions of one version.</summary>
    public int Count => runs.Count;

    /// <summary>What ran for the last version, not what was taken over: rule and function, or no function for what is about the file. In no particular order.</summary>
    public IReadOnlyCollection<(string Rule, string Function)> Ran { get; private set; } = [];

    /// <summary>Hears of the facts of each version that is done, for whoever wants to look them over; they are not kept.</summary>
    public Action<UnitFacts>? Done { get; init; }

    /// <summary>The trees in which forwarders are seen through.</summary>
    internal SeenThroughTrees Trees { get; } = new();

    /// <summary>True if an account is to be kept for a version.</summary>
    internal bool Begin(TranslationUnit unit)
    {
        lock (access)
        {
            if (surroundings != unit.Surroundings)
            {
                runs.Clear();
                surroundings = unit.Surroundings;
            }
        }

        return unit.Surroundings is not null;
    }

    /// <summary>The last run of a rule on a function, or on the file, if it would be the same now.</summary>
    internal KeptRun? Find(LoadedAnalyzer analyzer, FunctionDefinition? function, UnitFacts now) =>
        surroundings == now.Unit.Surroundings && runs.TryGetValue((analyzer, function?.Revision ?? 0), out var run) && run.HoldsIn(now) ? run : null;

    internal void Keep(LoadedAnalyzer analyzer, FunctionDefinition? function, KeptRun run)
    {
        if (surroundings == run.Unit.Surroundings)
        {
            runs[(analyzer, function?.Revision ?? 0)] = run;
        }
    }

    /// <summary>Forgets what is not about a version that is done.</summary>
    internal void End(UnitFacts done, IReadOnlyCollection<(string Rule, string Function)> ran)
    {
        Ran = ran;
        foreach (var key in runs.Keys.Where(key => key.Revision != 0 && !done.Unit.Has(key.Revision)))
        {
            _ = runs.TryRemove(key, out _);
        }

        Done?.Invoke(done);
    }
}

/// <summary>A run of a rule that is over, and what it depends on.</summary>
/// <param name="Unit">The version that it was about.</param>
/// <param name="Reads">What it has read outside of its function.</param>
/// <param name="Reports">What it reported.</param>
/// <param name="Gaps">Why it gave up, if it did.</param>
internal sealed record KeptRun(TranslationUnit Unit, ImmutableArray<Read> Reads, ImmutableArray<RuleReport> Reports, ImmutableArray<string> Gaps)
{
    /// <summary>True if the run would be the same in another version.</summary>
    public bool HoldsIn(UnitFacts now)
    {
        try
        {
            return Reads.All(now.Confirms);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What does not answer any more gave another answer; whoever asks next tells.
            return false;
        }
    }

    /// <summary>The run as one of another version, in which it would be the same; null if it tells of something that cannot be found there.</summary>
    public KeptRun? In(TranslationUnit unit)
    {
        if (ReferenceEquals(unit, Unit))
        {
            return this;
        }

        var moved = Reports.Select(report => report.Moved(Unit, unit)).ToList();
        return moved.Contains(null) ? null : this with { Unit = unit, Reports = [.. moved.OfType<RuleReport>()] };
    }
}
