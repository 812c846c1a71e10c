using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Errors;

/// <summary>
/// Follows a function that works its way through an iov_iter: once a part is done, what it returns is the number of bytes done, and an error only if
/// there are none. So process_vm_readv(2), process_madvise(2) and their like promise.
/// </summary>
internal sealed class PartialCount(FunctionAnalysisContext context, Action<ReturnStatement, CallExpression> report) : PathAnalysis<PartialCount.Progress>(ControlFlowGraph.Create(context.Function))
{
    private const string Advance = "iov_iter_advance";
    private const string Left = "iov_iter_count";

    /// <summary>How far a path has come.</summary>
    /// <param name="Advanced">The call that has counted a part as done.</param>
    /// <param name="Counts">Values that say how many bytes are left.</param>
    internal sealed record Progress(CallExpression? Advanced, EquatableMap<UnknownValue, bool> Counts)
    {
        public static readonly Progress None = new(null, EquatableMap<UnknownValue, bool>.Empty);
    }

    /// <summary>
    /// True for a function that returns a count or an error and advances an iterator in a loop of its own, itself or by a helper. One that adds up what is done in a variable has
    /// another way to tell.
    /// </summary>
    public static bool Concerns(FunctionAnalysisContext context)
    {
        var function = context.Function;
        if (function.Symbol.Signature?.Result.Canonical is not IntegerType { IsSigned: true, Size: 8 })
        {
            return false;
        }

        var nodes = function.Body.DescendantsAndSelf().ToList();
        return nodes.OfType<CallExpression>().Any(call => IsAdvance(call, context) && call.Ancestors().Any(static node => node is WhileStatement or ForStatement or DoStatement))
            && nodes.OfType<CallExpression>().Any(static call => call.Function?.Name == Left)
            && !nodes.OfType<AssignmentExpression>().Any(static assignment => assignment.Compound == BinaryOperator.Add);
    }

    /// <summary>True for a call that counts a part as done, or of a helper of the file that does, in a loop which goes on as long as something is left.</summary>
    private static bool IsAdvance(CallExpression call, FunctionAnalysisContext context) => call.Function is { } function
        && (function.Name == Advance
            || (call.Arguments.Any(static argument => argument.Type.Canonical is PointerType { IsTargetConst: false } && argument.Type.IsPointerTo("iov_iter")) && context.Unit.Find(function.Name) is not null
                && call.Ancestors().Select(static node => node switch { WhileStatement loop => loop.Condition, ForStatement loop => loop.Condition, DoStatement loop => loop.Condition, _ => null })
                    .Any(static condition => condition?.DescendantsAndSelf<CallExpression>().Any(static asked => asked.Function?.Name == Left) == true)));

    /// <summary>What is left is counted once before the loop; counted only behind it, it is what is left then, and the difference of the two says that nothing was done.</summary>
    public static IEnumerable<(BinaryExpression Difference, AssignmentExpression Count)> CountedLate(FunctionAnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var nodes = context.Function.Body.DescendantsAndSelf().ToList();
        var loops = nodes.OfType<CallExpression>().Where(call => IsAdvance(call, context)).SelectMany(static call => call.Ancestors().Where(static node => node is WhileStatement or ForStatement or DoStatement)).ToList();
        foreach (var difference in nodes.OfType<BinaryExpression>())
        {
            if (difference is { Operator: BinaryOperator.Subtract, Left.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } total }, Right.Unwrapped: CallExpression { Function.Name: Left } }
                && nodes.OfType<AssignmentExpression>().Where(assignment => assignment.Target is NameExpression name && name.Symbol == total).ToList() is [{ Compound: null, Value.Unwrapped: CallExpression { Function.Name: Left } } only]
                && loops.TrueForAll(loop => loop.Span.End <= only.Span.Start))
            {
                yield return (difference, only);
            }
        }
    }

    protected override IEnumerable<Path<Progress>> Visit(Path<Progress> path, Node node)
    {
        foreach (var next in base.Visit(path, node))
        {
            switch (node)
            {
                case CallExpression advance when IsAdvance(advance, context):
                    yield return next with { Protocol = next.Protocol with { Advanced = advance } };
                    break;
                case CallExpression { Function.Name: Left } when ExpressionSemantics.Evaluate(next.State, (Expression)node) is UnknownValue count:
                    yield return next with { Protocol = next.Protocol with { Counts = next.Protocol.Counts.With(count, true) } };
                    break;
                case BinaryExpression { Operator: BinaryOperator.Subtract } difference when next.Protocol.Advanced is not null
                    && ExpressionSemantics.Evaluate(path.State, difference.Right) is UnknownValue left && next.Protocol.Counts.Contains(left):
                    // After a part is done, less is left than there was.
                    yield return next with { State = next.State.Learn(ExpressionSemantics.Evaluate(next.State, difference), Fact.Nothing with { Signs = Signs.Positive }) ?? next.State };
                    break;
                case AssignmentExpression { Compound: BinaryOperator.Subtract, Target: NameExpression total } difference when next.Protocol.Advanced is not null
                    && ExpressionSemantics.Evaluate(path.State, difference.Value) is UnknownValue left && next.Protocol.Counts.Contains(left):
                    yield return next with { State = next.State.Learn(ExpressionSemantics.Evaluate(next.State, total), Fact.Nothing with { Signs = Signs.Positive }) ?? next.State };
                    break;
                default:
                    yield return next;
                    break;
            }
        }
    }

    protected override Path<Progress>? Follow(Path<Progress> path, FlowEdge edge)
    {
        // After a part is done, less is left than there was.
        return path.Protocol.Advanced is not null && edge.Condition is BranchCondition { Expression.Unwrapped: BinaryExpression comparison } branch && SaysNothingDone(path, comparison, branch.Outcome)
            ? null
            : base.Follow(path, edge);
    }

    /// <summary>True if a comparison of what was left at two times can have its outcome only as long as no part is done.</summary>
    private static bool SaysNothingDone(Path<Progress> path, BinaryExpression comparison, bool outcome)
    {
        var left = ExpressionSemantics.Evaluate(path.State, comparison.Left);
        var right = ExpressionSemantics.Evaluate(path.State, comparison.Right);
        if (left == right || !IsCount(left) || !IsCount(right))
        {
            return false;
        }

        return comparison.Operator switch
        {
            BinaryOperator.Equal => outcome,
            BinaryOperator.NotEqual => !outcome,
            // The one that is asked for here is the later and smaller one.
            BinaryOperator.Greater => outcome == IsAskedHere(comparison.Left),
            BinaryOperator.Less => outcome == IsAskedHere(comparison.Right),
            _ => false,
        };

        bool IsCount(Value value) => value is UnknownValue unknown && path.Protocol.Counts.Contains(unknown);

        static bool IsAskedHere(Expression expression) => expression.Unwrapped is CallExpression;
    }

    protected override Progress Rename(Progress protocol, UnknownValue value, UnknownValue older) =>
        protocol.Counts.Contains(value) ? protocol with { Counts = protocol.Counts.Without(value).With(older, true) } : protocol;

    protected override Progress Simplify(Progress protocol, PathState state) => protocol with { Counts = protocol.Counts.Where(state.Mentions) };

    protected override void AtExit(Path<Progress> path, ReturnStatement? @return)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Protocol.Advanced is { } advance && @return?.Value is not null && IsError(path.State.FactOf(path.State.Read(ResultPlace.Instance)).Signs, advance))
        {
            report(@return, advance);
        }
    }

    /// <summary>What a helper returns that only has to be zero for all to be well is an error if it is anything else; a count is known to be more than zero.</summary>
    private static bool IsError(Signs result, CallExpression advance) => result == Signs.Negative || (result == Signs.NotZero && advance.Function?.Name != Advance);
}
