using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>What a call does to the state of a path if it ends in a known way.</summary>
internal static class CallSemantics
{
    /// <summary>True if the outcome is about calls like this one at all.</summary>
    public static bool IsApplicable(PathState state, CallExpression call, CallOutcome outcome) =>
        (outcome.Arity is not { } arity || arity == call.Arguments.Length)
        && (outcome.Guard is not var (parameter, field)
            || (parameter < call.Arguments.Length
                && ExpressionSemantics.Evaluate(state, call.Arguments[parameter]) is AddressValue { Place: FieldPlace place }
                && place.Field.Name == field))
        && AreSet(state, call, outcome);

    private static bool AreSet(PathState state, CallExpression call, CallOutcome outcome)
    {
        foreach (var (parameter, field) in outcome.Flags)
        {
            if (parameter >= call.Arguments.Length || !IsSet(state, call.Arguments[parameter], field))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSet(PathState state, Expression structure, FieldSymbol flag)
    {
        var place = ExpressionSemantics.Pointee(ExpressionSemantics.Evaluate(state, structure)).Member(flag);
        return (state.FactOf(state.Read(place)).Signs & Signs.Zero) == Signs.None;
    }

    /// <summary>The state after a call that ended in this way; null if it cannot have.</summary>
    /// <param name="before">The state before the call.</param>
    /// <param name="after">The state after the call as far as the language says; the same for all ways in which it can end.</param>
    /// <param name="call">The call.</param>
    /// <param name="outcome">The way in which it ended.</param>
    public static PathState? Apply(PathState before, PathState after, CallExpression call, CallOutcome outcome)
    {
        PathState? known = before;
        foreach (var input in outcome.Inputs)
        {
            if (known is not null && input.Parameter < call.Arguments.Length)
            {
                var argument = ExpressionSemantics.Evaluate(known, call.Arguments[input.Parameter]);
                known = Learn(known, input.IsTarget ? known.Read(ExpressionSemantics.Pointee(argument)) : argument, input.Fact);
            }
        }

        if (known is null)
        {
            return null;
        }

        var state = LearnResult(known, ReferenceEquals(known, before) ? after : ExpressionSemantics.Apply(known, call), call, outcome);
        foreach (var output in outcome.Outputs)
        {
            if (state is not null && output.Parameter < call.Arguments.Length)
            {
                state = Write(known, state, call, output);
            }
        }

        return state;
    }

    private static PathState? LearnResult(PathState before, PathState after, CallExpression call, CallOutcome outcome)
    {
        if (outcome.Returns is { } parameter && parameter < call.Arguments.Length)
        {
            after = after.WithTemporary(call, ExpressionSemantics.Evaluate(before, call.Arguments[parameter]));
        }
        else if (outcome.IsStable)
        {
            after = after.WithTemporary(call, new UnknownValue(new Relation(call.Function!.Name, [.. call.Arguments.Select(argument => ExpressionSemantics.Evaluate(before, argument))])));
        }

        return after.Temporary(call) is { } result ? Learn(after, result, outcome.Result) : after;
    }

    private static PathState? Learn(PathState state, Value value, Fact fact) =>
        (fact.Ones | fact.Zeros) == ulong.MaxValue ? state.LearnEqual(value, unchecked((long)fact.Ones)) : state.Learn(value, fact);

    private static PathState Write(PathState before, PathState state, CallExpression call, CallOutput output)
    {
        var place = ExpressionSemantics.Pointee(ExpressionSemantics.Evaluate(before, call.Arguments[output.Parameter]));
        if (output.Field is { } field)
        {
            place = place.Member(field);
        }

        switch (output.Kind)
        {
            case OutputKind.Kept:
                return state.Write(place, before.Read(place));
            case OutputKind.Number:
                return state.Write(place, ConstantValue.Of(output.Number));
            default:
                var (next, value) = state.Fresh(new WrittenBy(call, place));
                return next.Write(place, value);
        }
    }
}
