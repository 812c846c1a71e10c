using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>What becomes of every advice that a file names: whether it is let in, and what is done for it.</summary>
public sealed class AdviceOutcomes : IUntold
{
    /// <summary>A number that is no advice and that nobody names.</summary>
    private const long Nobody = 0x3ead_beef;

    /// <summary>PTRACE_MODE_ATTACH: the permission to change another process.</summary>
    private const long PtraceAttach = 2;

    /// <summary>A table of less advice is no table of valid ones.</summary>
    private const int LeastGate = 3;

    private readonly Dictionary<(long Value, bool IsRemote), AdviceAssumption> assumptions = [];

    private AdviceOutcomes(TranslationUnit unit)
    {
        Decisions = new AdviceDecisions(unit);
        if (!Decisions.Points.OfType<SwitchDecision>().Any(static point => point.IsDispatch))
        {
            return;
        }

        var ways = new List<(HashSet<FunctionDefinition> Doors, HashSet<FunctionDefinition> Functions)>();
        foreach (var door in Decisions.Doors)
        {
            // Doors that lead to the same functions belong together.
            var functions = Below([door]);
            var same = ways.Where(way => way.Functions.Overlaps(functions)).ToList();
            _ = ways.RemoveAll(same.Contains);
            ways.Add(([door, .. same.SelectMany(static way => way.Doors)], [.. functions, .. same.SelectMany(static way => way.Functions)]));
        }

        Ways = [.. ways.Select(way => WayOf(way.Doors, way.Functions)).Where(static way => !way.Dispatches.IsEmpty)];
    }

    /// <summary>The file's decisions.</summary>
    public AdviceDecisions Decisions { get; }

    /// <summary>The ways that advice takes through the file; those that share no function are told apart.</summary>
    public ImmutableArray<AdviceWay> Ways { get; } = [];

    /// <summary>The outcomes of the file that is being analysed.</summary>
    public static AdviceOutcomes Of(AnalysisContext context) => context.Facts.Get(static unit => new AdviceOutcomes(unit));

    /// <summary>The outcomes of a file that no rule is looking at.</summary>
    public static AdviceOutcomes Of(TranslationUnit unit) => new(unit);

    private AdviceWay WayOf(HashSet<FunctionDefinition> doors, HashSet<FunctionDefinition> functions)
    {
        var names = functions.SelectMany(Decisions.NodesOf).OfType<NameExpression>().Select(static name => name.Symbol).ToHashSet();
        var points = Decisions.Points.Where(point => point is TableDecision table ? names.Contains(table.Table.Array) : functions.Contains(point.Function!)).ToImmutableArray();
        ImmutableArray<SwitchDecision> dispatches = [.. points.OfType<SwitchDecision>().Where(static point => point.IsDispatch)];

        // Who can be called from elsewhere, and asks nothing, relies on those that ask before they call it.
        _ = doors.RemoveWhere(door => Decisions.IsCalled(door) && FateOf("", Nobody, dispatches, [door], isRemote: false).IsAccepted);
        var unknown = FateOf("", Nobody, dispatches, doors, isRemote: false);
        if (dispatches.IsEmpty || unknown.IsAccepted)
        {
            return new AdviceWay(points, dispatches, functions, null, [], []);
        }

        var values = Decisions.Values.Where(value => points.Any(point => point.Names(value.Key))).ToList();
        var gate = FindGate(points, unknown);
        return new AdviceWay(
            points,
            dispatches,
            functions,
            gate,
            [.. values.Select(value => FateOf(value.Key, value.Value, dispatches, doors, isRemote: false))],
            [.. functions.OrderBy(static function => function.Span.Start)
                .Select(door => RemoteDoorOf(door, doors, value => FateOf(value.Key, value.Value, dispatches, [door], isRemote: true), values)).OfType<RemoteDoor>()]);
    }

    private AdviceFate FateOf(string name, long value, ImmutableArray<SwitchDecision> all, IEnumerable<FunctionDefinition> from, bool isRemote)
    {
        var assumption = AssumptionOf(value, isRemote);
        var reached = from.SelectMany(assumption.ReachedFrom).DistinctBy(static part => part.Function.Symbol).ToList();
        var dispatches = all.Where(point => reached.Any(part => part.Function == point.Owner && part.Nodes.Contains(point.Switch.Subject))).ToImmutableArray();
        var work = ImmutableArray.CreateBuilder<Statement>();
        foreach (var arm in dispatches.SelectMany(static point => point.Arms).Where(arm => arm.Cases.Any(label => label.Low <= value && value <= label.High)))
        {
            work.AddRange(arm.Statements);
        }

        foreach (var (function, nodes) in reached)
        {
            work.AddRange(Decisions.NodesOf(function).OfType<IfStatement>().Where(@if => IsReached(@if, nodes)).Select(@if => Diverted(@if, assumption)).OfType<Statement>());
        }

        return new AdviceFate(name, dispatches, work.ToImmutable(), [.. reached.Select(static part => part.Function)]);
    }

    /// <summary>What the file's functions do for an advice. What is found out is remembered: one thread at a time.</summary>
    public AdviceAssumption AssumptionOf(long value, bool isRemote = false) =>
        assumptions.TryGetValue((value, isRemote), out var known) ? known : assumptions[(value, isRemote)] = new AdviceAssumption(Decisions, value, isRemote);

    private RemoteDoor? RemoteDoorOf(
        FunctionDefinition function, IEnumerable<FunctionDefinition> doors, Func<KeyValuePair<string, long>, AdviceFate> fateOf, IEnumerable<KeyValuePair<string, long>> values)
    {
        var access = Decisions.NodesOf(function).OfType<CallExpression>().FirstOrDefault(static call => call is { Function.Name: "mm_access", Arguments: [_, { Constant: not null }] });
        if (access is null)
        {
            return null;
        }

        var others = Below(doors.Where(door => !Below([door]).Contains(function)));
        var own = Below([function]).Except(others).ToImmutableHashSet();
        var isOpen = own.SelectMany(Decisions.NodesOf).OfType<CallExpression>()
            .Any(call => call.Function is { } callee && Decisions.FunctionOf(callee) is null && call.Arguments.Any(Decisions.Carriers.IsAdvice));
        return new RemoteDoor(
            function,
            access,
            (access.Arguments[1].Constant & PtraceAttach) != 0,
            own,
            isOpen,
            [.. values.Select(fateOf)]);
    }

    private HashSet<FunctionDefinition> Below(IEnumerable<FunctionDefinition> from)
    {
        var found = from.ToHashSet();
        var work = new Queue<FunctionDefinition>(found);
        while (work.TryDequeue(out var function))
        {
            foreach (var callee in Decisions.NodesOf(function).OfType<NameExpression>().Select(static name => name.Symbol).OfType<FunctionSymbol>().Select(Decisions.FunctionOf).OfType<FunctionDefinition>())
            {
                if (found.Add(callee))
                {
                    work.Enqueue(callee);
                }
            }
        }

        return found;
    }

    private static bool IsReached(IfStatement @if, IReadOnlySet<Node> nodes) => @if.Condition.DescendantsAndSelf().Any(nodes.Contains);

    /// <summary>The branch of an <c>if</c> that does the work of one advice and leaves other advice to others; null if it does not tell them apart.</summary>
    private Statement? Diverted(IfStatement @if, AdviceAssumption assumption)
    {
        if (assumption.Of(@if.Condition) is not { } truth || AssumptionOf(Nobody).Of(@if.Condition) is not { } other || (truth != 0) == (other != 0))
        {
            return null;
        }

        var (taken, left) = truth != 0 ? (@if.Then, @if.Else) : (@if.Else, @if.Then);
        return taken is not null && !IsIdle(taken) && (left is null ? Leaves(taken) : HandsOn(left)) ? taken : null;
    }

    private static bool IsIdle(Statement statement) => !statement.DescendantsAndSelf().Any(static node => node is CallExpression);

    /// <summary>True if the others go on from there with their advice in hand; a lock is taken without it.</summary>
    private bool HandsOn(Statement statement) => statement.DescendantsAndSelf<CallExpression>().Any(call => !Decisions.CalleesWith(call).IsEmpty);

    private static bool Leaves(Statement statement) => statement.DescendantsAndSelf().Any(static node => node is ReturnStatement or GotoStatement);

    /// <summary>The largest table that numbers are asked against on their way in.</summary>
    private DecisionPoint? FindGate(ImmutableArray<DecisionPoint> points, AdviceFate unknown) => points
        .Where(point => point.Labels.Length >= LeastGate && (point.Function is null || (unknown.Functions.Contains(point.Function) && AssumptionOf(Nobody).AnswerOf(point.Function) is not null)))
        .MaxBy(static point => point.Labels.Length);
}

/// <summary>A way that advice takes through functions of a file.</summary>
/// <param name="Points">The decisions on the way.</param>
/// <param name="Dispatches">Those that send advice to work.</param>
/// <param name="Functions">The functions on the way.</param>
/// <param name="Gate">The decision that says which advice there is; null if there is none.</param>
/// <param name="Fates">What becomes of every advice that is named on the way; empty if other numbers are not kept out.</param>
/// <param name="RemoteDoors">Where an advice for another process comes in.</param>
public sealed record AdviceWay(
    ImmutableArray<DecisionPoint> Points,
    ImmutableArray<SwitchDecision> Dispatches,
    IReadOnlyCollection<FunctionDefinition> Functions,
    DecisionPoint? Gate,
    ImmutableArray<AdviceFate> Fates,
    ImmutableArray<RemoteDoor> RemoteDoors);

/// <summary>What becomes of one advice.</summary>
/// <param name="Name">The advice.</param>
/// <param name="Dispatches">The switches that it reaches.</param>
/// <param name="Work">What is done for it, and not for every number.</param>
/// <param name="Functions">The functions that it reaches.</param>
public sealed record AdviceFate(string Name, ImmutableArray<SwitchDecision> Dispatches, ImmutableArray<Statement> Work, ImmutableArray<FunctionDefinition> Functions)
{
    /// <summary>True if it comes as far as a place where something is done.</summary>
    public bool IsAccepted => !Dispatches.IsEmpty || !Work.IsEmpty;

    /// <summary>True if something is done for it by its name, be it nothing.</summary>
    public bool IsHandled => !Work.IsEmpty || Dispatches.Any(point => point.Names(Name));
}

/// <summary>A system call that advises another process.</summary>
/// <param name="Function">The system call.</param>
/// <param name="Access">Where it asks for the other process's address space.</param>
/// <param name="MayAttach">True if it asks for the permission to change the other process.</param>
/// <param name="Own">The functions of the file that only this door leads to, itself included.</param>
/// <param name="IsOpen">True if a function of another file is asked about the advice.</param>
/// <param name="Fates">What becomes of every advice for another process.</param>
public sealed record RemoteDoor(
    FunctionDefinition Function, CallExpression Access, bool MayAttach, ImmutableHashSet<FunctionDefinition> Own, bool IsOpen, ImmutableArray<AdviceFate> Fates);
