using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Rules.References;

/// <summary>
/// Pages are put on a list of the function's own, and a path ends without a look at that list: nobody else knows it, and the pages, isolated as they are, are lost.
/// </summary>
internal sealed class ForgottenList : PathAnalysis<ForgottenList.Filled>
{
    private static readonly FactTable Table = FactResource.Read("PageList");

    private readonly HashSet<VariableSymbol> lists;
    private readonly Action<CallExpression, VariableSymbol, ReturnStatement?> report;

    private ForgottenList(FunctionDefinition function, HashSet<VariableSymbol> lists, Action<CallExpression, VariableSymbol, ReturnStatement?> report)
        : base(ControlFlowGraph.Create(function)) => (this.lists, this.report) = (lists, report);

    /// <summary>The lists that have something on them, with the call that put it there.</summary>
    internal sealed record Filled(EquatableMap<VariableSymbol, CallExpression> By)
    {
        public static readonly Filled Nothing = new(EquatableMap<VariableSymbol, CallExpression>.Empty);
    }

    /// <summary>Looks at the lists of pages that a function has of its own.</summary>
    public static void Check(FunctionDefinition function, Action<CallExpression, VariableSymbol, ReturnStatement?> report)
    {
        ArgumentNullException.ThrowIfNull(function);
        var adding = function.Body.DescendantsAndSelf<CallExpression>().Where(static call => ListOf(call) is not null).ToList();
        var followed = adding.Where(call => !adding.Exists(other => ListOf(other) == ListOf(call) && IsCounted(function, other))).Select(ListOf).OfType<VariableSymbol>().ToHashSet();
        if (followed.Count > 0)
        {
            new ForgottenList(function, followed, report).Run(Filled.Nothing);
        }
    }

    protected override IEnumerable<Path<Filled>> Visit(Path<Filled> path, Node node)
    {
        var filled = path.Protocol;
        if (node is CallExpression call && ListOf(call) is { } list)
        {
            filled = new Filled(filled.By.With(list, filled.By[list] ?? call));
        }
        else if (filled.By.Count > 0 && Looked(node) is { } looked && filled.By.Contains(looked))
        {
            filled = new Filled(filled.By.Without(looked));
        }

        return base.Visit(path, node).Select(next => next.At(filled));
    }

    protected override void AtExit(Path<Filled> path, ReturnStatement? @return)
    {
        foreach (var (list, call) in path.Protocol.By)
        {
            report(call, list, @return);
        }
    }

    /// <summary>The list of the function's own on which a call puts a page.</summary>
    private static VariableSymbol? ListOf(CallExpression call) =>
        call is { Function: { } callee, Arguments: [var entry, var head] } && Table.OutcomesOf(callee.Name).Any(static outcome => outcome.Has("puts on a list *0")) && IsEntryOfPage(entry)
        && head.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } list } } ? list : null;

    /// <summary>True if a variable that is set beside the call is asked before the list is looked at: it says whether there is something on it.</summary>
    private static bool IsCounted(FunctionDefinition function, CallExpression call)
    {
        var written = call.Ancestors().OfType<BlockStatement>().First().DescendantsAndSelf().Select(static node => node switch
        {
            AssignmentExpression { Target: NameExpression target } => target.Symbol,
            UnaryExpression { IsStep: true, Operand: NameExpression target } => target.Symbol,
            _ => null,
        }).OfType<Symbol>().ToHashSet();
        return written.Count > 0 && function.Body.DescendantsAndSelf<IfStatement>().Any(test => test.Then.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == ListOf(call) && !IsAdded(name))
            && test.Condition.DescendantsAndSelf<NameExpression>().Any(name => written.Contains(name.Symbol)));
    }

    private static bool IsEntryOfPage(Expression entry) =>
        entry.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand.Unwrapped: MemberExpression { IsArrow: true, Target: var page } } && (page.Type.IsPointerTo("page") || page.Type.IsPointerTo("folio"));

    /// <summary>The list at which a node looks, or which it hands to somebody who may.</summary>
    private VariableSymbol? Looked(Node node)
    {
        var place = node switch
        {
            UnaryExpression { Operator: UnaryOperator.AddressOf } address => address.Operand.Unwrapped,
            MemberExpression member => member.Target.Unwrapped,
            _ => node,
        };
        return place is NameExpression { Symbol: VariableSymbol list } name && lists.Contains(list) && !IsAdded(name) ? list : null;
    }

    /// <summary>True for the name of a list in a call that puts something on it.</summary>
    private static bool IsAdded(NameExpression name) => name.Ancestors().OfType<CallExpression>().FirstOrDefault() is { } call && ListOf(call) == name.Symbol;
}
