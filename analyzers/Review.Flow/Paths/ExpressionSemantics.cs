using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>What C's expressions do to a <see cref="PathState"/>. Knows the language, but no function by name.</summary>
public static class ExpressionSemantics
{
    /// <summary>Pointers followed, one after the other, before a value that is read is a new one every time.</summary>
    private const int MaximumDepth = 4;

    /// <summary>The value of an expression whose operands have been evaluated on the path.</summary>
    public static Value Evaluate(PathState state, Expression expression)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(expression);
        if (expression.Constant is { } constant)
        {
            return ConstantValue.Of(constant);
        }

        if (state.Temporary(expression) is { } known)
        {
            return known;
        }

        switch (expression)
        {
            case CastExpression { Kind: CastKind.Decay } decay:
                return PlaceOf(state, decay.Operand) is { } array ? new AddressValue(array) : new UnknownValue(FunctionNamed(decay.Operand) ?? (object)decay);
            case CastExpression cast:
                return Convert(state, cast);
            case ChosenExpression chosen:
                return Evaluate(state, chosen.Chosen);
            case StatementExpression { Value: { } value }:
                return Evaluate(state, value);
            case BinaryExpression { Operator: BinaryOperator.Comma } comma:
                return Evaluate(state, comma.Right);
            case CallExpression { Function.Name: "__builtin_expect", Arguments: [var value, ..] }:
                return Evaluate(state, value);
            case AssignmentExpression assignment:
                return PlaceOf(state, assignment.Target) is { } target ? state.Read(target) : new UnknownValue(expression);
            case UnaryExpression { Operator: UnaryOperator.AddressOf } address:
                return PlaceOf(state, address.Operand) switch
                {
                    PointeePlace pointee => pointee.Pointer,
                    { } place => new AddressValue(place),
                    null => new UnknownValue(FunctionNamed(address.Operand) ?? (object)address),
                };
            default:
                return PlaceOf(state, expression) is { } read ? state.Read(read) : new UnknownValue(expression);
        }
    }

    /// <summary>The place that an lvalue names, or null if it is not tracked.</summary>
    public static Place? PlaceOf(PathState state, Expression expression)
    {
        ArgumentNullException.ThrowIfNull(state);
        switch (expression)
        {
            case NameExpression { Symbol: VariableSymbol variable }:
                return state.PlaceOf(variable);
            case MemberExpression { IsArrow: true } member:
                return Pointee(Evaluate(state, member.Target)).Member(member.Field);
            case MemberExpression member:
                return PlaceOf(state, member.Target) is { } container ? container.Member(member.Field) : null;
            case UnaryExpression { Operator: UnaryOperator.Dereference } dereference:
                return Pointee(Evaluate(state, dereference.Operand));
            case IndexExpression index:
                return Pointee(Evaluate(state, index.Target)).Element;
            case CompoundLiteral or StatementExpression or CallExpression:
                return null;
            case ChosenExpression chosen:
                return PlaceOf(state, chosen.Chosen);
            case UnaryExpression { Operator: UnaryOperator.Extension } extension:
                return PlaceOf(state, extension.Operand);
            default:
                return null;
        }
    }

    /// <summary>A conversion keeps the value; only <c>_Bool</c> makes one of everything that is not zero.</summary>
    private static Value Convert(PathState state, CastExpression cast)
    {
        var value = Evaluate(state, cast.Operand);
        return cast.Type.Canonical is IntegerType { IsBool: true } && (state.FactOf(value).Signs & Signs.Zero) == Signs.None ? ConstantValue.One : value;
    }

    /// <summary>The place a pointer points to.</summary>
    public static Place Pointee(Value pointer) => pointer switch
    {
        AddressValue address => address.Place,
        UnknownValue unknown => unknown.Target,
        _ => new PointeePlace(pointer),
    };

    /// <summary>
    /// The effect of one node of a block: writes, calls, values that are made. A call may write what its arguments point to, unless the
    /// parameter is a pointer to const; memory of others is taken to stay as it is, which is what kernel code relies on.
    /// </summary>
    public static PathState Apply(PathState state, Node node)
    {
        ArgumentNullException.ThrowIfNull(state);
        switch (node)
        {
            case ExpressionStatement or ReturnStatement:
                if (node is ReturnStatement { Value: { } result })
                {
                    state = state.Write(ResultPlace.Instance, Evaluate(state, result));
                }

                return state.WithoutTemporaries();
            case LocalDeclaration declaration:
                return Declare(state, declaration).WithoutTemporaries();
            case AssignmentExpression assignment:
                return Assign(state, assignment);
            case UnaryExpression { IsStep: true } step:
                return Step(state, step);
            case BinaryExpression { Operator: not BinaryOperator.Comma, Constant: null } binary:
            {
                var (next, value) = Combine(state, binary, binary.Operator, Evaluate(state, binary.Left), Evaluate(state, binary.Right));
                return next.WithTemporary(binary, value);
            }

            case UnaryExpression { Operator: UnaryOperator.Minus or UnaryOperator.BitwiseNot, Constant: null } unary:
            {
                if (Evaluate(state, unary.Operand) is ConstantValue { Number: var number })
                {
                    return state.WithTemporary(unary, new ConstantValue(Wrap(unary.Operator == UnaryOperator.Minus ? unchecked(-number) : ~number, unary.Type)));
                }

                var (next, value) = state.Fresh(unary);
                return next.WithTemporary(unary, value);
            }

            case StatementExpression { Value: { } value, Constant: null } statements:
                return state.WithTemporary(statements, Evaluate(state, value));
            case CallExpression call:
                return Call(state, call);
            case NameExpression or LiteralExpression:
                return state;
            case Expression { IsRead: true } read when PlaceOf(state, read) is { } place && (place.IsElement || (read.Type.Canonical is PointerType && IsFarAway(state, place))):
            {
                // Which element it is nobody knows: what another one held says nothing. And a walk along a list must come to an end.
                var (next, value) = state.Fresh(read);
                return next.WithTemporary(read, value);
            }

            case AsmStatement assembly:
                foreach (var output in assembly.Outputs)
                {
                    if (PlaceOf(state, output.Value) is { } place)
                    {
                        state = state.Overwrite(place, assembly);
                    }
                }

                return state;
            default:
                return state;
        }
    }

    /// <summary>Takes an edge; null if what the path knows rules it out.</summary>
    public static PathState? Follow(PathState state, FlowCondition? condition)
    {
        ArgumentNullException.ThrowIfNull(state);
        switch (condition)
        {
            case BranchCondition branch:
                return Assume(state, branch.Expression, branch.Outcome);
            case ValueCondition { Source: null } truth:
                return state.WithTemporary(truth.Target, truth.Truth ? ConstantValue.One : ConstantValue.Zero);
            case ValueCondition { Source: { } source } value:
                return state.WithTemporary(value.Target, Evaluate(state, source));
            case SwitchCondition @switch:
                return FollowSwitch(state, @switch);
            default:
                return state;
        }
    }

    /// <summary>The numbers that a path has found a value not to be.</summary>
    public static IEnumerable<long> NumbersRuledOut(PathState state, Value value)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Comparisons.NumbersRuledOut(state, value);
    }

    private static bool IsFarAway(PathState state, Place place) => place.Root is PointeePlace pointee && pointee.Pointer.Depth >= MaximumDepth && !state.HasWritten(place);

    private static FunctionSymbol? FunctionNamed(Expression expression) => (expression as NameExpression)?.Symbol as FunctionSymbol;

    private static PathState? FollowSwitch(PathState state, SwitchCondition @switch)
    {
        var subject = Evaluate(state, @switch.Subject);
        if (subject is ConstantValue { Number: var number })
        {
            var isInside = @switch.Ranges.Any(range => number >= range.Low && number <= range.High);
            return isInside != @switch.IsDefault ? state : null;
        }

        if (@switch.IsDefault)
        {
            // -Wswitch sees to it that a switch over an enumeration without a default has a label for each enumerator.
            if (@switch.Subject.Unwrapped.Type.Canonical is EnumType && @switch.Subject.Parent is SwitchStatement statement && !statement.Labels.OfType<DefaultLabel>().Any())
            {
                return null;
            }

            return @switch.Ranges
                .Where(static range => range.Low == range.High)
                .Aggregate((PathState?)state, (known, range) => known is null ? null : Comparisons.AssumeNot(known, subject, range.Low));
        }

        return @switch.Ranges is [var (low, high)] && low == high ? state.LearnEqual(subject, low) : state;
    }

    private static PathState? Assume(PathState state, Expression condition, bool outcome)
    {
        var expression = condition.Unwrapped;
        switch (expression)
        {
            case BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Right.Constant: 0, Left.Unwrapped: BinaryExpression { Operator: BinaryOperator.BitwiseAnd } test } zero:
                // "(flags & BIT) != 0" asks what "flags & BIT" asks.
                return Assume(state, test, outcome == (zero.Operator == BinaryOperator.NotEqual));
            case BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.NotEqual } comparison:
                return Comparisons.Assume(state, comparison, outcome ? comparison.Operator : Comparisons.Negate(comparison.Operator));
            case BinaryExpression { Operator: BinaryOperator.BitwiseAnd } test when MaskOf(state, test) is var (value, mask):
                if (value is ConstantValue { Number: var number })
                {
                    return (number & mask) != 0 == outcome ? state : null;
                }

                var bits = unchecked((ulong)mask);
                return !outcome ? state.Learn(value, Fact.Nothing with { Zeros = bits })
                    : ulong.IsPow2(bits) ? state.Learn(value, Fact.Nothing with { Ones = bits, Signs = Signs.NotZero })
                    : (state.FactOf(value).Zeros & bits) == bits ? null
                    : state.Learn(value, Fact.Nothing with { Signs = Signs.NotZero });
            default:
            {
                var truth = Evaluate(state, expression);
                return truth is ConstantValue { Number: var constant } ? (constant != 0 == outcome ? state : null)
                    : outcome ? state.Learn(truth, Fact.Nothing with { Signs = Signs.NotZero })
                    : state.LearnEqual(truth, 0);
            }
        }
    }

    private static (Value Value, long Mask)? MaskOf(PathState state, BinaryExpression test) =>
        (Evaluate(state, test.Left), Evaluate(state, test.Right)) switch
        {
            (var value, ConstantValue { Number: var mask }) => (value, mask),
            (ConstantValue { Number: var mask }, var value) => (value, mask),
            _ => null,
        };

    private static PathState Declare(PathState state, LocalDeclaration declaration)
    {
        var place = state.PlaceOf(declaration.Symbol);
        switch (declaration.Initializer)
        {
            case null:
                return state.Forget(place);
            case InitializerList list:
                state = state.Forget(place);
                foreach (var element in list.Elements)
                {
                    if (element.Designators is [{ Field: { } field }])
                    {
                        state = state.Write(place.Member(field), Evaluate(state, element.Value));
                    }
                }

                return state;
            case var initializer:
                return state.Write(place, Evaluate(state, initializer));
        }
    }

    private static PathState Assign(PathState state, AssignmentExpression assignment)
    {
        var value = Evaluate(state, assignment.Value);
        if (assignment.Compound is { } @operator)
        {
            (state, value) = Combine(state, assignment, @operator, Evaluate(state, assignment.Target), value);
        }

        return PlaceOf(state, assignment.Target) switch
        {
            null => state,
            { IsElement: true } => state.WithTemporary(assignment, value),
            var place => state.Write(place, value),
        };
    }

    private static PathState Step(PathState state, UnaryExpression step)
    {
        if (PlaceOf(state, step.Operand) is not { } place)
        {
            return state;
        }

        var old = state.Read(place);
        var (next, value) = state.Fresh(step);
        if (step.Operand.Type.Canonical is PointerType)
        {
            next = next.Learn(value, Fact.Nothing with { Signs = Signs.Positive }) ?? next;
        }

        next = next.Write(place, value);
        return next.WithTemporary(step, step.Operator is UnaryOperator.PostIncrement or UnaryOperator.PostDecrement ? old : value);
    }

    /// <summary>A number as an unsigned type of less than 64 bits holds it.</summary>
    private static long Wrap(long number, CType type) =>
        type.Canonical is IntegerType { IsSigned: false, Size: > 0 and < 8 and var size } ? number & ((1L << (int)(size * 8)) - 1) : number;

    /// <summary>A binary operator. Numbers are combined only by bit operations: anything else would count a loop's rounds.</summary>
    private static (PathState State, Value Value) Combine(PathState state, Node node, BinaryOperator @operator, Value left, Value right)
    {
        if (left is ConstantValue { Number: var a } && right is ConstantValue { Number: var b })
        {
            switch (@operator)
            {
                case BinaryOperator.BitwiseAnd:
                    return (state, new ConstantValue(a & b));
                case BinaryOperator.BitwiseOr:
                    return (state, new ConstantValue(a | b));
            }
        }

        // The pages of an order, 1U << order, are one at least: a shift by the width or more is undefined.
        var fact = left is ConstantValue { Number: 1 } && @operator == BinaryOperator.ShiftLeft
            ? Fact.Nothing with { Signs = node is Expression { Type.Canonical: IntegerType { IsSigned: false } } ? Signs.Positive : Signs.NotZero }
            : Fact.Nothing;
        if (left is ConstantValue)
        {
            (left, right) = (right, left);
        }

        if (right is ConstantValue { Number: var mask })
        {
            var known = state.FactOf(left);
            switch (@operator)
            {
                case BinaryOperator.BitwiseAnd:
                    fact = new Fact(Signs.Any, known.Ones & unchecked((ulong)mask), known.Zeros | ~unchecked((ulong)mask));
                    break;
                case BinaryOperator.BitwiseOr:
                    fact = new Fact(mask == 0 ? known.Signs : Signs.NotZero, known.Ones | unchecked((ulong)mask), known.Zeros & ~unchecked((ulong)mask));
                    break;
            }
        }

        var (next, value) = state.Fresh(node);
        return (next.Learn(value, fact) ?? next, value);
    }

    private static PathState Call(PathState state, CallExpression call)
    {
        var signature = call.Function?.Signature ?? call.Callee.Type.Pointee as FunctionType;
        var arguments = ArgumentsOf(state, call);
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = signature is not null && i < signature.Parameters.Length ? signature.Parameters[i].Canonical as PointerType : null;
            if (parameter is { IsTargetConst: true })
            {
                continue;
            }

            switch (arguments[i])
            {
                case AddressValue { Place: var place }:
                    state = state.Overwrite(place, call, keepsBits: parameter?.Target is VoidType && signature!.Parameters.Any(IsCallback));
                    break;
                case UnknownValue pointer when parameter is { Target.Canonical: IntegerType or PointerType or EnumType }:
                    state = state.Overwrite(pointer.Target, call);
                    break;
            }
        }

        if (call.Type.Canonical is VoidType)
        {
            return state;
        }

        var (next, value) = state.Fresh(call);
        return next.WithTemporary(call, value);
    }

    private static Value[] ArgumentsOf(PathState state, CallExpression call)
    {
        var arguments = new Value[call.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(state, call.Arguments[i]);
        }

        return arguments;
    }

    /// <summary>True for a function that is to be called back, or a table of such functions: the data that comes with it is only theirs.</summary>
    private static bool IsCallback(CType parameter) => parameter.Canonical is PointerType { Target.Canonical: FunctionType } or PointerType { IsTargetConst: true, Target.Canonical: RecordType };
}
