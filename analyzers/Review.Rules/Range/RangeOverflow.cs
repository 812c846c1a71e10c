using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Range;

/// <summary>The sum of a start and a length from user space is worked with although it may have wrapped, or the length become zero.</summary>
public sealed class RangeOverflow : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Wraps = Describe("{0} + {1} comes from user space and may wrap: nothing says that the sum is not less than {0}");
    private static readonly DiagnosticDescriptor WrapsWhenRounded = Describe("{0} + {1} was found not to wrap before {1} was rounded up: the rounded sum may wrap");
    private static readonly DiagnosticDescriptor RoundsToZero = Describe("rounding {0} up makes zero of the longest lengths, and nothing tells that from a range that is empty");

    private static readonly DiagnosticDescriptor Cut = Describe("{0} comes from user space and is cut to the 32 bits of {1} before it is added: only a part of the range is looked at");
    private static readonly DiagnosticDescriptor TakenForEmpty = Describe("where {0} + {1} wraps, {2}() reports success, as for an empty range");

    private static readonly DiagnosticDescriptor Unrounded = Describe("{0} is made with {1} as it came, and {2}, which is {1} rounded up, is only tested: what the tests say holds for another range");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Unrounded, Wraps, WrapsWhenRounded, RoundsToZero, TakenForEmpty, Cut];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        if (context.Function.Parameters.Length > 1 && UserRanges.Of(context).Controlled(context.Function) is { Count: > 1 } controlled)
        {
            foreach (var (at, length, narrow) in CutLength.In(context.Function, controlled))
            {
                context.Report(Cut, at, length.Name, narrow.Name);
            }

            foreach (var (end, length, rounded) in UnroundedLength.In(context.Function, controlled))
            {
                context.Report(Unrounded, end, ((NameExpression)end.Target).Symbol.Name, length.Name, rounded.Name);
            }

            new Analysis(context, controlled).Run(RangeState.Empty);
        }
    });

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM5002", "range-overflow", "A range from user space may wrap", message, RuleCategory.Range, DiagnosticSeverity.Warning);

    private sealed class Analysis(FunctionAnalysisContext context, ImmutableHashSet<VariableSymbol> controlled)
        : PathAnalysis<RangeState>(ControlFlowGraph.Create(context.Function))
    {
        private readonly UserRanges ranges = UserRanges.Of(context);
        private readonly bool isAsking = UserRanges.AsksForAccess(context.Function);
        private readonly HashSet<Node> reported = [];

        /// <summary>The parameters that are never written: whoever rounds them keeps what was asked for.</summary>
        private readonly HashSet<VariableSymbol> kept =
            [.. controlled.Except(context.Function.Body.DescendantsAndSelf<AssignmentExpression>().Select(static assignment => (assignment.Target as NameExpression)?.Symbol).OfType<VariableSymbol>())];

        /// <summary>What is added to each other is an address and a length: to compare the two says nothing of either.</summary>
        private readonly HashSet<(VariableSymbol Start, VariableSymbol Length)> summed = SumsIn(context.Function);

        protected override RangeState Rename(RangeState protocol, UnknownValue value, UnknownValue older) => protocol.Rename(value, older);

        protected override RangeState Simplify(RangeState protocol, PathState state) => protocol with
        {
            Terms = protocol.Terms.Where(state.Mentions),
            Sums = protocol.Sums.Where(state.Mentions),
        };

        protected override IEnumerable<Path<RangeState>> Visit(Path<RangeState> path, Node node)
        {
            if (node is CallExpression call)
            {
                path = path with { Protocol = CheckUses(path, call) };
            }

            return base.Visit(path, node).Select(next => next with
            {
                Protocol = node switch
                {
                    BinaryExpression binary => Combine(path, next, binary),
                    CallExpression { Arguments: [var argument], Type.Canonical: IntegerType { Size: 8 } } made when TermOf(path, argument) is { } term => Remember(path, next, made, term),
                    AssignmentExpression { Target: MemberExpression { IsArrow: true } } stored when SumOf(next, stored.Value) is { } sum => Use(next.Protocol, sum, stored, "and is stored"),
                    _ => next.Protocol,
                },
            });
        }

        protected override Path<RangeState>? Follow(Path<RangeState> path, FlowEdge edge)
        {
            var next = base.Follow(path, edge);
            return next is null || edge.Condition is not BranchCondition branch ? next : next with { Protocol = Learn(path, next.Protocol, branch) };
        }

        /// <summary>What an addition, a subtraction or a mask makes of its operands.</summary>
        private RangeState Combine(Path<RangeState> path, Path<RangeState> next, BinaryExpression binary)
        {
            if (ExpressionSemantics.Evaluate(next.State, binary) is not UnknownValue result || binary.Type.Canonical is not IntegerType { Size: 8 })
            {
                return next.Protocol;
            }

            var left = TermOf(path, binary.Left);
            var right = TermOf(path, binary.Right);
            var protocol = AgeLike(path, next, result);
            switch (binary.Operator)
            {
                case BinaryOperator.Add when left is { Kind: not TermKind.RoomAbove } && right is { Kind: not TermKind.RoomAbove }:
                    return left.Parameter == right.Parameter ? protocol : protocol with { Sums = protocol.Sums.With(result, new RangeSum(left, right, binary)) };
                case BinaryOperator.Add when (left ?? right) is { Kind: not TermKind.RoomAbove } term:
                    return protocol with { Terms = protocol.Terms.With(result, term with { Kind = TermKind.Raised }) };
                case BinaryOperator.Add or BinaryOperator.Subtract when SumOf(path, binary.Left) is { } sum && binary.Right.Constant is not null:
                    return protocol with { Sums = protocol.Sums.With(result, sum) };
                case BinaryOperator.Subtract when left is not null && binary.Right.Constant is not null:
                    return protocol with { Terms = protocol.Terms.With(result, left) };
                case BinaryOperator.Subtract when right is not null && left is null:
                    return protocol with { Terms = protocol.Terms.With(result, right with { Kind = TermKind.RoomAbove }) };
                case BinaryOperator.BitwiseAnd when (left ?? right) is { } term && (binary.Left.Constant ?? binary.Right.Constant) is < 0:
                    return protocol with { Terms = protocol.Terms.With(result, term) };
                case BinaryOperator.ShiftLeft when left is { Kind: TermKind.Plain } && binary.Right.Constant is not null:
                    return protocol with { Terms = protocol.Terms.With(result, left) };
                case BinaryOperator.BitwiseOr when (left ?? right) is { } term && (binary.Left.Constant ?? binary.Right.Constant) is not null:
                    return protocol with { Terms = protocol.Terms.With(result, term) };
                default:
                    return protocol;
            }
        }

        /// <summary>The result of a function of one argument, such as the one that takes the tag off an address.</summary>
        private static RangeState Remember(Path<RangeState> path, Path<RangeState> next, Expression made, RangeTerm term) =>
            ExpressionSemantics.Evaluate(next.State, made) is UnknownValue result && AgeLike(path, next, result) is var protocol ? protocol with { Terms = protocol.Terms.With(result, term) } : next.Protocol;

        /// <summary>Where the same expression has made a value before, that one is an older one now.</summary>
        private static RangeState AgeLike(Path<RangeState> path, Path<RangeState> next, UnknownValue result) =>
            path.State.Mentions(result) ? next.Protocol.Rename(result, result with { Generation = 1 }) : next.Protocol with { Terms = next.Protocol.Terms.Without(result), Sums = next.Protocol.Sums.Without(result) };

        private RangeState CheckUses(Path<RangeState> path, CallExpression call)
        {
            var protocol = path.Protocol;
            if (call.Function is { Name: "__builtin_expect" or "__builtin_expect_with_probability" })
            {
                return protocol;
            }

            if (call.Function is { Name: "__builtin_add_overflow" })
            {
                // Asks whether the sum wraps; the kernel's macros around it do not let the answer go unread.
                return TermOf(path, call.Arguments[0]) is { } one && TermOf(path, call.Arguments[1]) is { } other && one.Parameter != other.Parameter
                    ? protocol.WithSafe(one.Parameter, other.Parameter, isForRaised: one.Kind == TermKind.Raised || other.Kind == TermKind.Raised) : protocol;
            }

            var positions = new HashSet<int>();
            var terms = new List<RangeTerm>();
            var sums = new List<RangeSum>();
            for (var i = 0; i < call.Arguments.Length; i++)
            {
                if (TermOf(path, call.Arguments[i]) is { } term)
                {
                    terms.Add(term);
                    _ = positions.Add(i);
                }
                else if ((SumOf(path, call.Arguments[i]) ?? SumIn(path, call.Arguments[i])) is { } sum)
                {
                    sums.Add(sum);
                    _ = positions.Add(i);
                }
            }

            if (isAsking && protocol.Sums.Count > 0 && RangeFacts.IsCheck(call))
            {
                // Asked of the parts after their sum was made: where it always says yes, the sum may have wrapped.
                return protocol;
            }

            if (positions.Count > 1 && (ranges.IsCheck(call, positions) || RangeFacts.IsCheck(call)))
            {
                var parameters = terms.Select(static term => term.Parameter).Concat(sums.SelectMany(static sum => (VariableSymbol[])[sum.Left.Parameter, sum.Right.Parameter])).Distinct().ToList();
                foreach (var first in parameters)
                {
                    protocol = parameters.Where(second => second != first).Aggregate(protocol, (known, second) => known.WithSafe(first, second, isForRaised: true));
                    protocol = protocol.WithLengthLookedAt(first);
                }

                return protocol;
            }

            foreach (var sum in sums)
            {
                protocol = Use(protocol, sum, call, $"{call.Name ?? "a function"}() gets it");
            }

            return protocol;
        }

        /// <summary>The sum in a local record whose address is handed over.</summary>
        private static RangeSum? SumIn(Path<RangeState> path, Expression argument)
        {
            if (ExpressionSemantics.Evaluate(path.State, argument) is not AddressValue { Place: VariablePlace record })
            {
                return null;
            }

            foreach (var (place, value) in path.State.Contents)
            {
                if (place is FieldPlace member && member.Container == record && value is UnknownValue unknown && path.Protocol.Sums[unknown] is { } sum)
                {
                    return sum;
                }
            }

            return null;
        }

        /// <summary>Somebody works with a sum.</summary>
        private RangeState Use(RangeState protocol, RangeSum sum, Node user, string what)
        {
            var (first, length) = (sum.Left.Parameter, sum.Right.Parameter);
            if (!protocol.IsSafe(sum))
            {
                if (reported.Add(sum.At))
                {
                    var wasSafe = protocol.Safe.Contains((first, length)) || protocol.Safe.Contains((length, first));
                    context.Report(wasSafe ? WrapsWhenRounded : Wraps, sum.At, [context.Step(sum.At, "the sum is made here"), context.Step(user, what)], WrapCheck.After(context, sum.At, BecomesZero(protocol, sum.Right)), first.Name, length.Name);
                }

                // What follows from this defect is not said again.
                return protocol.WithSafe(first, length, isForRaised: true).WithLengthLookedAt(length);
            }

            return CheckLength(protocol, sum);
        }

        /// <summary>The length may have become zero when it was rounded up, and the sum is believed.</summary>
        private RangeState CheckLength(RangeState protocol, RangeSum sum)
        {
            var length = sum.Right;
            if (BecomesZero(protocol, length))
            {
                if (reported.Add(sum.At))
                {
                    context.Report(RoundsToZero, sum.At, length.Parameter.Name);
                }

                return protocol.WithLengthLookedAt(length.Parameter);
            }

            return protocol;
        }

        /// <summary>True for a length that was rounded up, and nobody has looked whether that made it zero.</summary>
        private bool BecomesZero(RangeState protocol, RangeTerm length) => protocol.Lengths.TryGetValue(length.Parameter, out var isLookedAt) is var isKnown
            && length.Kind == TermKind.Raised && !isLookedAt && !protocol.Bounded.Contains(length.Parameter) && (isKnown || kept.Contains(length.Parameter));

        private static HashSet<(VariableSymbol Start, VariableSymbol Length)> SumsIn(FunctionDefinition function) =>
        [
            .. function.Body.DescendantsAndSelf<BinaryExpression>().Where(static sum => sum.Operator == BinaryOperator.Add)
                .Select(static sum => ((sum.Left.Unwrapped as NameExpression)?.Symbol as VariableSymbol, (sum.Right.Unwrapped as NameExpression)?.Symbol as VariableSymbol))
                .Where(static pair => pair is ({ }, { })).Select(static pair => (pair.Item1!, pair.Item2!)),
        ];

        /// <summary>What a branch says of sums and of their operands.</summary>
        private RangeState Learn(Path<RangeState> path, RangeState protocol, BranchCondition branch)
        {
            if (branch.Expression.Unwrapped is not BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.NotEqual } comparison)
            {
                return TermOf(path, branch.Expression) is { } asked ? LearnZero(protocol, asked, isZero: !branch.Outcome) : protocol;
            }

            var isOrder = comparison.Operator is not (BinaryOperator.Equal or BinaryOperator.NotEqual);
            var (left, right) = (TermOf(path, comparison.Left), TermOf(path, comparison.Right));
            var (leftSum, rightSum) = (SumOf(path, comparison.Left), SumOf(path, comparison.Right));
            if ((leftSum ?? rightSum) is { } sum)
            {
                var other = leftSum is null ? left : right;
                if (other is not null && sum.IsOf(other))
                {
                    if (!isOrder)
                    {
                        // An empty range: is it one because the length was rounded to nothing?
                        return protocol.IsSafe(sum) ? CheckLength(protocol, sum) : protocol;
                    }

                    CheckSuccess(protocol, sum, branch, comparison, leftSum is not null);
                    protocol = protocol.WithSafe(sum.Left.Parameter, sum.Right.Parameter, sum.IsRaised);
                    return IsStrict(comparison, leftSum is not null) ? protocol : protocol.WithLengthLookedAt(sum.Right.Parameter);
                }

                return isOrder && IsEdge(path, leftSum is null ? comparison.Left : comparison.Right) ? Use(protocol, sum, comparison, "the edge of a VMA is compared with it") : protocol;
            }

            if ((left ?? right) is not { } term)
            {
                return protocol;
            }

            var bound = left is null ? comparison.Left : comparison.Right;
            if (left is not null && right is not null)
            {
                return left.Parameter == right.Parameter ? protocol.WithLengthLookedAt(left.Parameter)
                    : left.Kind == TermKind.RoomAbove || right.Kind == TermKind.RoomAbove
                        ? protocol.WithSafe(left.Parameter, right.Parameter, isForRaised: true).WithLengthLookedAt(left.Parameter).WithLengthLookedAt(right.Parameter)
                    : isOrder && !summed.Contains((left.Parameter, right.Parameter)) && !summed.Contains((right.Parameter, left.Parameter)) ? Bound(Bound(protocol, left), right) : protocol;
            }

            return bound.Unwrapped.Constant is 0 ? LearnZero(protocol, term, isZero: (comparison.Operator is BinaryOperator.Equal or BinaryOperator.LessOrEqual) == branch.Outcome)
                : isOrder ? Bound(protocol, term) : protocol;
        }

        /// <summary>The first one to look whether a sum wraps asks at once whether the range is empty, and says that all went well.</summary>
        private void CheckSuccess(RangeState protocol, RangeSum sum, BranchCondition branch, BinaryExpression comparison, bool isSumLeft)
        {
            var wraps = comparison.Operator is BinaryOperator.Less or BinaryOperator.LessOrEqual == isSumLeft;
            if (wraps == branch.Outcome && !IsStrict(comparison, isSumLeft) && !protocol.IsSafe(sum) && sum.At.Span.Start < comparison.Span.Start && comparison.Ancestors().OfType<IfStatement>().FirstOrDefault() is { Then: ReturnStatement { Value.Constant: 0 } or BlockStatement { Statements: [ReturnStatement { Value.Constant: 0 }] } } test
                && test.Condition.Unwrapped == comparison && RefusesOthers() && reported.Add(comparison))
            {
                context.Report(TakenForEmpty, test.Condition, [context.Step(sum.At, "the sum is made here")], sum.Left.Parameter.Name, sum.Right.Parameter.Name, context.Function.Name);
            }
        }

        /// <summary>True if the function answers with error codes: zero is no refusal.</summary>
        private bool RefusesOthers() => context.Function.Body.DescendantsAndSelf<ReturnStatement>().Any(static @return => @return.Value?.Unwrapped.Constant < 0 || @return.Value?.Constant < 0);

        /// <summary>True for a comparison that an empty range passes.</summary>
        private static bool IsStrict(BinaryExpression comparison, bool isSumLeft) => isSumLeft
            ? comparison.Operator is BinaryOperator.Less or BinaryOperator.GreaterOrEqual
            : comparison.Operator is BinaryOperator.Greater or BinaryOperator.LessOrEqual;

        private static RangeState Bound(RangeState protocol, RangeTerm term) => protocol with { Bounded = protocol.Bounded.With(term.Parameter, true) };

        private static RangeState LearnZero(RangeState protocol, RangeTerm term, bool isZero) =>
            term.Kind == TermKind.Raised || isZero ? protocol.WithLengthLookedAt(term.Parameter)
            : protocol.Lengths.Contains(term.Parameter) ? protocol
            : protocol with { Lengths = protocol.Lengths.With(term.Parameter, false) };

        private static bool IsEdge(Path<RangeState> path, Expression expression) =>
            ExpressionSemantics.Evaluate(path.State, expression) is UnknownValue { Source: InitialContent { Place: FieldPlace { Field: { Record: "vm_area_struct", Name: "vm_start" or "vm_end" } } } };

        private RangeTerm? TermOf(Path<RangeState> path, Expression expression) => ExpressionSemantics.Evaluate(path.State, expression) switch
        {
            UnknownValue unknown when path.Protocol.Terms[unknown] is { } term => term,
            UnknownValue { Source: InitialContent { Place: VariablePlace { Variable: var parameter } } } when controlled.Contains(parameter) => new RangeTerm(parameter, TermKind.Plain),
            _ => null,
        };

        private static RangeSum? SumOf(Path<RangeState> path, Expression expression) =>
            ExpressionSemantics.Evaluate(path.State, expression) is UnknownValue unknown ? path.Protocol.Sums[unknown] : null;
    }
}
