using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// A function whose caller makes the call again as long as it gets one certain code says so only where something has changed. One that gives the code where a
/// callee has failed is called for ever.
/// </summary>
internal sealed class RetryCode
{
    /// <summary>The codes for which a caller calls again, by function.</summary>
    private readonly Dictionary<string, HashSet<long>> codes = new(StringComparer.Ordinal);

    private RetryCode(TranslationUnit unit)
    {
        var functions = unit.Functions.DistinctBy(static function => function.Name).ToDictionary(static function => function.Name, StringComparer.Ordinal);
        var work = new Queue<(string Name, long Code)>(unit.Functions.SelectMany(Retried).Where(pair => functions.ContainsKey(pair.Name)));
        while (work.TryDequeue(out var pair))
        {
            if ((codes.TryGetValue(pair.Name, out var known) ? known : codes[pair.Name] = []).Add(pair.Code))
            {
                foreach (var name in HandedOn(functions[pair.Name]).Where(functions.ContainsKey))
                {
                    work.Enqueue((name, pair.Code));
                }
            }
        }
    }

    /// <summary>The places where a function gives such a code for a callee that has failed, with that call.</summary>
    public static IEnumerable<(Node At, CallExpression Failed, long Code)> In(FunctionAnalysisContext context)
    {
        foreach (var code in context.Facts.Ask(static unit => new RetryCode(unit), context.Function.Name, static (retries, function) => retries.codes.GetValueOrDefault(function, []).Order().ToImmutableArray()))
        {
            foreach (var node in context.Function.Body.DescendantsAndSelf())
            {
                var value = node switch { AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression } assignment => assignment.Value, ReturnStatement { Value: { } result } => result, _ => null };
                if (value?.Constant == code && FailureAround(node) is { } failed)
                {
                    yield return (node, failed, code);
                }
            }
        }
    }

    /// <summary>The functions that a function calls again while their result is a certain error, without counting.</summary>
    private static IEnumerable<(string Name, long Code)> Retried(FunctionDefinition function)
    {
        foreach (var loop in function.Body.DescendantsAndSelf<DoStatement>())
        {
            if (loop.Condition.Unwrapped is BinaryExpression { Operator: BinaryOperator.Equal, Left.Unwrapped: NameExpression { Symbol: VariableSymbol result }, Right.Constant: < 0 and var code })
            {
                foreach (var assignment in loop.Body.DescendantsAndSelf<AssignmentExpression>().Where(assignment => LoopRound.IsVariable(result)(assignment.Target)))
                {
                    if (assignment.Value.Unwrapped is CallExpression { Function: { } callee })
                    {
                        yield return (callee.Name, code);
                    }
                }
            }
        }
    }

    /// <summary>The functions whose result is the function's own.</summary>
    private static IEnumerable<string> HandedOn(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<ReturnStatement>().Select(static @return => (@return.Value?.Unwrapped as CallExpression)?.Function?.Name).OfType<string>();

    /// <summary>The call whose error is the reason to get to a node: <c>if (call()) ...</c>, or <c>err = call(); if (err) ...</c> just before.</summary>
    private static CallExpression? FailureAround(Node node)
    {
        for (var (inner, outer) = (node, node.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            if (outer is not IfStatement @if)
            {
                continue;
            }

            return @if.Then == inner && ErrorOf(@if.Condition) is { Type.Canonical: IntegerType { IsBool: false, IsSigned: true } } call ? call : null;
        }

        return null;
    }

    /// <summary>The call whose error a condition asks for. A number without a sign is no error, and where an exchange found another value than it looked for, another thread got on.</summary>
    private static CallExpression? ErrorOf(Expression condition) => condition.Unwrapped switch
    {
        CallExpression call => IsExchange(call) ? null : call,
        NameExpression { Symbol: VariableSymbol { IsAutomatic: true, Type.Canonical: IntegerType { IsSigned: true } } result } name => LastCall(name, result) is { } call && !IsExchange(call) ? call : null,
        UnaryExpression { Operator: UnaryOperator.LogicalNot, Operand.Unwrapped: UnaryExpression { Operator: UnaryOperator.LogicalNot } inner } => ErrorOf(inner.Operand),
        BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.NotEqual, Right.Constant: 0 } comparison => ErrorOf(comparison.Left),
        _ => null,
    };

    private static bool IsExchange(CallExpression call) => call.Function?.Name.Contains("cmpxchg", StringComparison.Ordinal) == true;

    /// <summary>The call that a variable was assigned last before it is tested.</summary>
    private static CallExpression? LastCall(NameExpression test, VariableSymbol result) =>
        test.Ancestors().Last().DescendantsAndSelf<AssignmentExpression>()
            .LastOrDefault(assignment => assignment.Span.Start < test.Span.Start && LoopRound.IsVariable(result)(assignment.Target))?.Value.Unwrapped as CallExpression;
}
