using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// What calls do, as far as it is known: from a table for functions of other files, and inferred bottom-up for the functions of this
/// file, so that code moved into a helper keeps its meaning. Functions that call each other in a circle keep what is known without the circle.
/// </summary>
public sealed class FunctionFacts
{
    private readonly FactTable table;
    private readonly Dictionary<string, ImmutableArray<CallOutcome>> inferred = [];
    private readonly Dictionary<string, string> unknown = [];
    private readonly HashSet<string> defined;

    /// <summary>Infers the facts of every function of a file.</summary>
    public FunctionFacts(TranslationUnit unit, FactTable table)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(table);
        this.table = table;
        var calls = unit.Functions
            .DistinctBy(static function => function.Name)
            .ToDictionary(
                static function => function.Name,
                static function => (Function: function, Callees: function.Body.DescendantsAndSelf().OfType<CallExpression>().Select(static call => call.Function?.Name).OfType<string>().ToHashSet()));
        defined = [.. calls.Keys];
        var visited = new HashSet<string>();
        foreach (var name in calls.Keys.ToList())
        {
            Visit(name);
        }

        void Visit(string name)
        {
            if (!visited.Add(name))
            {
                return;
            }

            var (function, callees) = calls[name];
            foreach (var callee in callees.Where(calls.ContainsKey).Order(StringComparer.Ordinal))
            {
                Visit(callee);
            }

            if (table.OutcomesOf(name).IsEmpty && (callees.Any(HasEffects) || LeavesMark(function)))
            {
                Infer(function);
            }
        }
    }

    /// <summary>The ways in which a call can end; empty if it is not known to have effects.</summary>
    public ImmutableArray<CallOutcome> OutcomesOf(string function) =>
        inferred.TryGetValue(function, out var known) ? known : table.OutcomesOf(function);

    /// <summary>True if it is known what the function does: its body is in this file, or the table has it.</summary>
    public bool IsKnown(string function) => defined.Contains(function) || !table.OutcomesOf(function).IsEmpty;

    /// <summary>What the path can look like after a call; one state with no effects if nothing is known of the function.</summary>
    /// <exception cref="NotAnalysedException">The function called has too many paths, so its effects are not known.</exception>
    public IEnumerable<(PathState State, CallOutcome? Outcome)> Apply(PathState before, CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(call);
        if (call.Function is not { } function)
        {
            return [(ExpressionSemantics.Apply(before, call), null)];
        }

        if (unknown.TryGetValue(function.Name, out var reason))
        {
            throw new NotAnalysedException(reason);
        }

        var result = new List<(PathState, CallOutcome?)>();
        var isApplicable = false;
        foreach (var outcome in OutcomesOf(function.Name))
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

    /// <summary>True if the function assigns a number to a member of a structure handed over, e.g. a flag.</summary>
    private static bool LeavesMark(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf().OfType<AssignmentExpression>().Any(static assignment =>
            assignment is { Compound: null, Value.Constant: not null, Target: MemberExpression { IsArrow: true, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } } });

    private bool HasEffects(string function) => unknown.ContainsKey(function) || OutcomesOf(function).Any(static outcome => outcome.HasEffects);

    private void Infer(FunctionDefinition function)
    {
        try
        {
            var outcomes = Inference.Run(function, this);
            if (outcomes.Any(static outcome => outcome.HasEffects || outcome.Outputs.Any(static output => output is { Field: not null, Kind: OutputKind.Number })))
            {
                inferred[function.Name] = outcomes;
            }
        }
        catch (NotAnalysedException exception)
        {
            unknown[function.Name] = exception.Message.Contains("()", StringComparison.Ordinal)
                ? exception.Message
                : $"what {function.Name}() does is not known, for {exception.Message}";
        }
    }
}
