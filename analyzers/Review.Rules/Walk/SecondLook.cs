using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Rules.References;

namespace Review.Rules.Walk;

/// <summary>A page table entry as it was read, and where it is.</summary>
/// <param name="Copy">The variable that holds the entry.</param>
/// <param name="Pointer">The variable that points to it.</param>
internal sealed record TableEntry(VariableSymbol Copy, VariableSymbol Pointer);

/// <summary>The entries at which a path has not looked again since it took a reference, with the call that took it.</summary>
internal sealed record Unseen(EquatableMap<TableEntry, CallExpression> Entries)
{
    public static readonly Unseen None = new(EquatableMap<TableEntry, CallExpression>.Empty);
}

/// <summary>
/// A walk that holds no page table lock reads an entry, takes a reference to the page it names, and looks again: if the entry or the table above it
/// has changed meanwhile, the page may be another one by now.
/// </summary>
internal sealed class SecondLook : PathAnalysis<Unseen>
{
    private static readonly HashSet<string> Entries = ["pte_t", "pmd_t", "pud_t", "p4d_t", "pgd_t"];

    private readonly FunctionFacts facts;
    private readonly List<TableEntry> entries;
    private readonly Dictionary<TableEntry, (CallExpression Taken, Node Kept)> missed = [];

    private SecondLook(FunctionAnalysisContext context, FunctionFacts facts, List<TableEntry> entries)
        : base(ControlFlowGraph.Create(context.Function))
    {
        this.facts = facts;
        this.entries = entries;
    }

    /// <summary>The entries at which a function does not look again before it keeps the page, with the call that took the reference and where it is kept.</summary>
    public static IEnumerable<(TableEntry Entry, CallExpression Taken, Node Kept)> In(FunctionAnalysisContext context)
    {
        var functions = LocklessWalkFacts.Of(context).Functions;
        if (!context.Function.Body.DescendantsAndSelf<CallExpression>().Any(call => MayTake(call, functions)) || HoldsLock(context.Function) || EntriesOf(context.Function) is not { Count: > 0 } read)
        {
            return [];
        }

        var analysis = new SecondLook(context, functions, read);
        analysis.Run(Unseen.None);
        return analysis.missed.OrderBy(static pair => pair.Key.Copy.Span.Start).Select(static pair => (pair.Key, pair.Value.Taken, pair.Value.Kept));
    }

    /// <summary>The tests that give the page back where an entry has not changed, and so keep it where it has.</summary>
    public static IEnumerable<(TableEntry Entry, BinaryExpression Test, CallExpression Put)> InvertedIn(FunctionAnalysisContext context)
    {
        var read = new Lazy<List<TableEntry>>(() => HoldsLock(context.Function) ? [] : EntriesOf(context.Function));
        foreach (var branch in context.Function.Body.DescendantsAndSelf<IfStatement>())
        {
            if (branch.Then is BlockStatement { Statements: [.., ReturnStatement or GotoStatement] }
                && branch.Then.DescendantsAndSelf<CallExpression>().FirstOrDefault(static call => call.Function is { } function && ReferenceFacts.IsRelease(function.Name)) is { } put
                && branch.Condition.DescendantsAndSelf<BinaryExpression>().FirstOrDefault(static test => test.Operator == BinaryOperator.Equal) is { } test
                && read.Value.Find(entry => Look(new Unseen(Unseen.None.Entries.With(entry, put)), test).Entries.Count == 0) is { } same)
            {
                yield return (same, test, put);
            }
        }
    }

    protected override IEnumerable<Path<Unseen>> Visit(Path<Unseen> path, Node node)
    {
        switch (node)
        {
            case CallExpression call:
                return VisitCall(path, call);
            case AssignmentExpression { Target: var target } when IsCounter(target):
                Keep(path.Protocol, node);
                break;
            case UnaryExpression { IsStep: true, Operand: var operand } when IsCounter(operand):
                Keep(path.Protocol, node);
                break;
            case BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison:
                return base.Visit(path with { Protocol = Look(path.Protocol, comparison) }, node);
        }

        return base.Visit(path, node);
    }

    private IEnumerable<Path<Unseen>> VisitCall(Path<Unseen> path, CallExpression call) =>
        facts.Apply(path.State, call).Select(next => new Path<Unseen>(next.State, Move(path.Protocol, call, next.Outcome)));

    protected override Path<Unseen>? Follow(Path<Unseen> path, FlowEdge edge) =>
        base.Follow(path, edge) is not { } next ? null
        : edge.Condition is BranchCondition { Expression.Unwrapped: BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison } ? next with { Protocol = Look(next.Protocol, comparison) }
        : next;

    protected override void AtExit(Path<Unseen> path, ReturnStatement? @return)
    {
        if (@return?.Value is not null && (path.State.FactOf(path.State.Read(ResultPlace.Instance)).Signs & Signs.Positive) != Signs.None)
        {
            Keep(path.Protocol, @return);
        }
    }

    /// <summary>True if a call may take a reference for which this function has to look again.</summary>
    private static bool MayTake(CallExpression call, FunctionFacts functions) => call.Function is { } function && !LooksItself(call) && functions.EffectsOf(function.Name).Contains(LocklessWalkFacts.TakesPage);

    /// <summary>Whoever gets an entry, or walks the table below it, is to look again itself.</summary>
    private static bool LooksItself(CallExpression call) => call.Arguments.Any(static argument => NameOf(argument.Type) is not null || IsPointerToEntry(argument.Type));

    /// <summary>A walk that has the lock of its table in hand need not look twice.</summary>
    private static bool HoldsLock(FunctionDefinition function) =>
        function.Parameters.Select(static parameter => parameter.Type).Concat(function.Body.DescendantsAndSelf<LocalDeclaration>().Select(static declaration => declaration.Symbol.Type))
            .Any(static type => type.IsPointerTo("spinlock"));

    /// <summary>The entries that a function has both as a value and by their place: two parameters, or a variable loaded through the other one.</summary>
    private static List<TableEntry> EntriesOf(FunctionDefinition function)
    {
        var found = new List<TableEntry>();
        foreach (var copy in function.Parameters.Where(static parameter => NameOf(parameter.Type) is not null))
        {
            found.AddRange(function.Parameters.Where(parameter => parameter.Type.Canonical is PointerType pointer && NameOf(pointer.Target) == NameOf(copy.Type)).Select(pointer => new TableEntry(copy, pointer)));
        }

        foreach (var node in function.Body.DescendantsAndSelf())
        {
            var (copy, value) = node switch
            {
                LocalDeclaration { Initializer: { } initializer } declaration => (declaration.Symbol, initializer),
                AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression { Symbol: VariableSymbol variable } } assignment => (variable, assignment.Value),
                _ => ((VariableSymbol?)null, (Expression?)null),
            };
            if (copy is not null && NameOf(copy.Type) is { } name)
            {
                found.AddRange(Variables(value!).Where(variable => variable.Type.Canonical is PointerType pointer && NameOf(pointer.Target) == name).Select(pointer => new TableEntry(copy, pointer)));
            }
        }

        return [.. found.Distinct()];
    }

    private static string? NameOf(CType type) => type is TypedefType { Spelling: var name } && Entries.Contains(name) ? name : null;

    private static bool IsPointerToEntry(CType type) => type.Canonical is PointerType pointer && NameOf(pointer.Target) is not null;

    private static IEnumerable<VariableSymbol> Variables(Expression expression) =>
        expression.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>();

    /// <summary>The number of pages handed out so far lies with the caller: counting one more hands it out.</summary>
    private static bool IsCounter(Expression target) =>
        target.Unwrapped is UnaryExpression { Operator: UnaryOperator.Dereference, Type.Canonical: IntegerType, Operand.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } };

    private Unseen Move(Unseen unseen, CallExpression call, CallOutcome? outcome)
    {
        var variables = call.Arguments.SelectMany(Variables).ToHashSet();
        if (outcome?.Has(LocklessWalkFacts.TakesPage) == true && LocklessWalkFacts.Keeps(call))
        {
            foreach (var entry in LooksItself(call) ? [] : entries)
            {
                unseen = new Unseen(unseen.Entries.With(entry, call));
            }

            return unseen;
        }

        return new Unseen(unseen.Entries.Where(entry => !(variables.Contains(entry.Copy) && variables.Contains(entry.Pointer))));
    }

    private static Unseen Look(Unseen unseen, BinaryExpression comparison)
    {
        var left = Variables(comparison.Left).ToHashSet();
        var right = Variables(comparison.Right).ToHashSet();
        return new Unseen(unseen.Entries.Where(entry => !((left.Contains(entry.Copy) && right.Contains(entry.Pointer)) || (right.Contains(entry.Copy) && left.Contains(entry.Pointer)))));
    }

    private void Keep(Unseen unseen, Node kept)
    {
        foreach (var (entry, taken) in unseen.Entries)
        {
            _ = missed.TryAdd(entry, (taken, kept));
        }
    }
}
