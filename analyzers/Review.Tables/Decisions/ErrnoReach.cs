using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>Which mappings to error codes lie on the way of an advice, in its own file and in the files of the functions that its work calls.</summary>
public sealed class ErrnoReach
{
    private readonly AdviceOutcomes outcomes;
    private readonly Dictionary<long, Way> ways;
    private readonly Dictionary<string, (TranslationUnit Unit, FunctionDefinition Function)> elsewhere = new(StringComparer.Ordinal);

    /// <param name="outcomes">What becomes of every advice in its file.</param>
    /// <param name="values">The advice, as the file was compiled with it.</param>
    /// <param name="unitsDefining">Parses those of the files around that define one of some functions and may hold a mapping.</param>
    public ErrnoReach(AdviceOutcomes outcomes, IEnumerable<long> values, Func<IReadOnlySet<string>, IEnumerable<TranslationUnit>> unitsDefining)
    {
        this.outcomes = outcomes;
        ways = values.Distinct().ToDictionary(static value => value, WayOf);

        // What is called for every advice is nobody's work.
        var common = ways.Values.Where(static way => !way.Foreign.IsEmpty).Select(static way => way.Foreign).DefaultIfEmpty([]).Aggregate(static (all, some) => all.Intersect(some));
        var wanted = ways.Values.SelectMany(static way => way.Foreign).ToImmutableHashSet(StringComparer.Ordinal).Except(common);
        foreach (var unit in unitsDefining(wanted))
        {
            foreach (var function in unit.Functions.Where(function => wanted.Contains(function.Name)))
            {
                _ = elsewhere.TryAdd(function.Name, (unit, function));
            }
        }
    }

    /// <summary>The mappings that an advice may come to, with the files that they are in.</summary>
    public IEnumerable<(string File, ErrnoMapping Mapping)> Of(long value)
    {
        var way = ways[value];
        var text = outcomes.Decisions.Text;
        foreach (var (function, nodes) in way.Functions)
        {
            foreach (var mapping in ErrnoMapping.In(function, text).Where(mapping => mapping.At.DescendantsAndSelf().Any(nodes.Contains)))
            {
                yield return (text.Path, mapping);
            }
        }

        foreach (var (unit, root) in way.Foreign.Order(StringComparer.Ordinal).Where(elsewhere.ContainsKey).Select(name => elsewhere[name]))
        {
            var own = unit.Functions.DistinctBy(static function => function.Symbol).ToDictionary(static function => function.Symbol);
            foreach (var mapping in Below([root], own.GetValueOrDefault).SelectMany(function => ErrnoMapping.In(function, unit.Text)))
            {
                yield return (unit.Text.Path, mapping);
            }
        }
    }

    private Way WayOf(long value)
    {
        var reached = outcomes.Decisions.Doors.SelectMany(outcomes.AssumptionOf(value).ReachedFrom).DistinctBy(static part => part.Function.Symbol).ToList();
        var seen = reached.Select(static part => part.Function).ToHashSet();
        var calls = reached.SelectMany(static part => part.Nodes).OfType<CallExpression>().Where(static call => call.Origin.IsInFile).Select(static call => call.Function).OfType<FunctionSymbol>().ToList();

        // A function that is not given the advice may do anything that is written in it.
        foreach (var function in Below(calls.Select(outcomes.Decisions.FunctionOf).OfType<FunctionDefinition>().Where(function => !seen.Contains(function)), outcomes.Decisions.FunctionOf).Where(seen.Add).ToList())
        {
            reached.Add((function, outcomes.Decisions.NodesOf(function)));
        }

        return new Way(reached, [.. calls.Where(callee => outcomes.Decisions.FunctionOf(callee) is null).Select(static callee => callee.Name)]);
    }

    /// <summary>Functions, and those that they call.</summary>
    private static List<FunctionDefinition> Below(IEnumerable<FunctionDefinition> from, Func<FunctionSymbol, FunctionDefinition?> definitionOf)
    {
        var found = from.Distinct().ToList();
        var seen = found.ToHashSet();
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].Body.DescendantsAndSelf<CallExpression>().Select(static call => call.Function).OfType<FunctionSymbol>().Select(definitionOf).OfType<FunctionDefinition>().Where(seen.Add));
        }

        return found;
    }

    /// <summary>What an advice comes to.</summary>
    /// <param name="Functions">The functions of the file, and what of them is evaluated.</param>
    /// <param name="Foreign">The functions of other files that are called on the way.</param>
    private sealed record Way(List<(FunctionDefinition Function, IReadOnlySet<Node> Nodes)> Functions, ImmutableHashSet<string> Foreign);
}
