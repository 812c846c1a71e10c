using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>
/// Where a file's functions are in a section of rcu_read_lock(): within one, what is freed after a grace period is still there when its last reference has gone.
/// </summary>
internal sealed class ReadSections
{
    private readonly ILookup<string, (FunctionDefinition Caller, CallExpression Call)> calls;
    private readonly Dictionary<string, bool> isOnlyCalled;

    public ReadSections(TranslationUnit unit)
    {
        calls = unit.Functions.SelectMany(static caller => caller.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).Select(call => (Caller: caller, Call: call)))
            .ToLookup(static pair => pair.Call.Function!.Name, StringComparer.Ordinal);
        var named = unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<NameExpression>())
            .Concat(unit.Globals.SelectMany(static global => global.Initializer?.DescendantsAndSelf<NameExpression>() ?? []))
            .Select(static name => name.Symbol).OfType<FunctionSymbol>().CountBy(static function => function.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        isOnlyCalled = unit.Functions.DistinctBy(static function => function.Name)
            .ToDictionary(static function => function.Name, function => function.Symbol.IsStatic && named.GetValueOrDefault(function.Name) == calls[function.Name].Count(), StringComparer.Ordinal);
    }

    /// <summary>True if every caller of a function is in such a section, and nobody else can call it.</summary>
    public bool IsEnteredWithin(string function) => IsEnteredWithin(function, []);

    /// <summary>True if every way to a node leads through rcu_read_lock() and not through the end of the section.</summary>
    /// <param name="function">The function.</param>
    /// <param name="at">The node.</param>
    /// <param name="isEntered">True if the function is entered in a section.</param>
    public static bool Holds(FunctionDefinition function, Node at, bool isEntered)
    {
        var graph = ControlFlowGraph.Create(function);
        var work = new Stack<(BasicBlock Block, int Before)>(graph.Blocks.Where(block => block.Nodes.Contains(at)).Select(block => (block, block.Nodes.TakeWhile(node => node != at).Count())));
        var seen = new HashSet<BasicBlock>();
        var isFound = work.Count > 0;
        while (isFound && work.TryPop(out var item))
        {
            switch (item.Block.Nodes.Take(item.Before).OfType<CallExpression>().LastOrDefault(static call => call.Function?.Name is "rcu_read_lock" or "rcu_read_unlock"))
            {
                case { Function.Name: var last }:
                    isFound = last == "rcu_read_lock";
                    break;
                case null when item.Block == graph.Entry && !isEntered:
                    return false;
                default:
                    foreach (var from in item.Block.Predecessors.Select(static edge => edge.From).Where(seen.Add))
                    {
                        work.Push((from, from.Nodes.Count));
                    }

                    break;
            }
        }

        return isFound;
    }

    private bool IsEnteredWithin(string function, HashSet<string> above) =>
        isOnlyCalled.GetValueOrDefault(function) && above.Add(function) && calls[function].Any() && calls[function].All(site => Holds(site.Caller, site.Call, IsEnteredWithin(site.Caller.Name, above)));
}
