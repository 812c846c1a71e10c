using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// What calls do, as far as it is known: from a table for functions of other files, and inferred for the functions of this
/// file, so that code moved into a helper keeps its meaning. For functions that call each other in a circle it is inferred in a few rounds.
/// Several rules may ask at once.
/// </summary>
public sealed class FunctionFacts
{
    /// <summary>Rounds over functions that call each other in a circle.</summary>
    private const int MaximumRounds = 8;

    private static readonly HashSet<string> Nothing = [];

    private readonly FactTable table;
    private readonly CallGraph calls;
    private readonly Dictionary<string, HashSet<string>> reach;
    private readonly HashSet<string> writers;
    private readonly Dictionary<string, ImmutableArray<CallOutcome>> inferred = [];
    private readonly Dictionary<string, string> unknown = [];

    /// <summary>Functions whose inference has begun and found no way to return yet.</summary>
    private readonly HashSet<string> pending = [];

    private readonly Lock access = new();

    public FunctionFacts(TranslationUnit unit, FactTable table)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(table);
        this.table = table = table.For(unit.Text);
        calls = new CallGraph(unit);
        reach = calls.Reach(name => table.OutcomesOf(name).SelectMany(static outcome => outcome.Effects).Where(static effect => !CallOutcome.IsAboutResult(effect)));
        var direct = unit.Functions.Where(Inference.WritesMembers).Select(static function => function.Name).ToHashSet(StringComparer.Ordinal);
        writers = [.. calls.Reach(name => direct.Contains(name) ? [name] : []).Where(static pair => pair.Value.Count > 0).Select(static pair => pair.Key)];
    }

    /// <summary>The effects that calls in a function of this file can have, directly or further down; what they are about is not looked at.</summary>
    public IReadOnlySet<string> EffectsWithin(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return reach.GetValueOrDefault(function.Name, Nothing);
    }

    /// <summary>True if the function's body is in this file.</summary>
    public bool IsDefinedHere(string function) => calls.Defines(function);

    /// <summary>True if it is known what the function does: its body is in this file, or the table has it.</summary>
    public bool IsKnown(string function) => calls.Defines(function) || !table.OutcomesOf(function).IsEmpty;

    /// <summary>The ways in which a call can end; empty if it is not known to have effects.</summary>
    /// <exception cref="NotAnalysedException">The function has too many paths, so its effects are not known.</exception>
    public ImmutableArray<CallOutcome> OutcomesOf(string function)
    {
        if (!IsInferred(function))
        {
            return table.OutcomesOf(function);
        }

        lock (access)
        {
            if (!inferred.ContainsKey(function))
            {
                // Bottom-up, so that no inference waits for another one: chains of calls may be long.
                foreach (var circle in calls.Below(function))
                {
                    InferCircle([.. circle.Where(member => IsInferred(member.Name) && !inferred.ContainsKey(member.Name))]);
                }
            }

            return pending.Contains(function) ? default : unknown.TryGetValue(function, out var reason) ? throw new NotAnalysedException(reason) : inferred[function];
        }
    }

    /// <summary>What the path can look like after a call; one state with no effects if nothing is known of the function.</summary>
    /// <exception cref="NotAnalysedException">The function called has too many paths, so its effects are not known.</exception>
    public IEnumerable<(PathState State, CallOutcome? Outcome)> Apply(PathState before, CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(call);
        var outcomes = call.Function is { } function ? OutcomesOf(function.Name) : [];
        if (outcomes.IsDefault)
        {
            // Nobody comes back from a recursion whose end is not known yet.
            return [];
        }

        var result = new List<(PathState, CallOutcome?)>();
        var isApplicable = false;
        foreach (var outcome in outcomes)
        {
            if (CallSemantics.IsApplicable(before, call, outcome))
            {
                isApplicable = true;
                if (CallSemantics.Apply(before, call, outcome) is { } state)
                {
                    result.Add((state, outcome));
                }
            }
        }

        return isApplicable ? result : [(ExpressionSemantics.Apply(before, call), null)];
    }

    /// <summary>True if the function can do something that callers want to know and the table does not say.</summary>
    private bool IsInferred(string function) =>
        calls.Defines(function) && table.OutcomesOf(function).IsEmpty && (reach[function].Count > 0 || writers.Contains(function));

    private void InferCircle(ImmutableArray<FunctionDefinition> circle)
    {
        foreach (var function in circle)
        {
            inferred[function.Name] = [];
            _ = pending.Add(function.Name);
        }

        // Recursion: what one round finds the next one builds on, until there is nothing new.
        for (var round = 0; round < MaximumRounds; round++)
        {
            var isNew = false;
            foreach (var function in circle)
            {
                isNew |= Infer(function);
            }

            if (!isNew || !calls.IsRecursive(circle[0].Name))
            {
                break;
            }
        }

        pending.ExceptWith(circle.Select(static function => function.Name));
    }

    /// <summary>Infers one function from what is known so far; false if that gives nothing new.</summary>
    private bool Infer(FunctionDefinition function)
    {
        try
        {
            var before = inferred[function.Name];
            var outcomes = Inference.Run(function, this);
            if (outcomes.IsEmpty && pending.Contains(function.Name))
            {
                return false;
            }

            var isFirst = pending.Remove(function.Name);
            inferred[function.Name] = outcomes.Any(static outcome => outcome.MattersToCallers) ? outcomes : [];
            return isFirst || !before.SequenceEqual(inferred[function.Name]);
        }
        catch (NotAnalysedException exception)
        {
            _ = pending.Remove(function.Name);
            var isNew = !unknown.ContainsKey(function.Name);
            unknown[function.Name] = exception.Message.Contains("()", StringComparison.Ordinal)
                ? exception.Message
                : $"what {function.Name}() does is not known, for {exception.Message}";
            return isNew;
        }
    }
}
