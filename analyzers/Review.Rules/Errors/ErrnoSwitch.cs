using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Rules.Errors;

/// <summary>A switch that hands most error codes of a call on as they are, one case each, as madvise_populate() does.</summary>
internal static class ErrnoSwitch
{
    /// <summary>Cases that hand their own code on, before the others have to do so, too.</summary>
    private const int Enough = 2;

    /// <summary>The cases that make another code of theirs.</summary>
    public static IEnumerable<(Expression At, int Code, int Given)> ChangedIn(FunctionDefinition function)
    {
        foreach (var @switch in Switches(function))
        {
            foreach (var (label, given, at) in AnswersOf(@switch).Where(static answer => answer.Label.Low != answer.Given))
            {
                yield return (at, (int)-label.Low, -given);
            }
        }
    }

    /// <summary>The codes with which a call may fail and for which such a switch has no case.</summary>
    /// <param name="function">The function.</param>
    /// <param name="codesOf">The codes of a call, by the name of the function called.</param>
    public static IEnumerable<(SwitchStatement At, CallExpression Call, int Code)> MissingIn(FunctionDefinition function, Func<string, ImmutableArray<int>> codesOf)
    {
        foreach (var @switch in Switches(function))
        {
            var calls = @switch.Subject.Unwrapped is NameExpression { Symbol: VariableSymbol result }
                ? function.Body.DescendantsAndSelf<AssignmentExpression>().Where(assignment => assignment.Compound is null && assignment.Target is NameExpression name && name.Symbol == result).Select(static assignment => assignment.Value.Unwrapped).OfType<CallExpression>().ToList()
                : [];
            if (calls is [{ Function: { } callee } call])
            {
                var named = @switch.Labels.OfType<CaseLabel>().ToList();
                foreach (var code in codesOf(callee.Name).Where(code => !named.Exists(label => label.Low <= -code && label.High >= -code)))
                {
                    yield return (@switch, call, code);
                }
            }
        }
    }

    /// <summary>The defaults of such switches that let every other code by as if nothing had happened.</summary>
    public static IEnumerable<DefaultLabel> SilentIn(FunctionDefinition function) => Switches(function)
        .SelectMany(static @switch => @switch.Labels.OfType<DefaultLabel>()).Where(static label => label.Body is BreakStatement or EmptyStatement { IsFallthrough: false });

    private static IEnumerable<SwitchStatement> Switches(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<SwitchStatement>().Where(static @switch => AnswersOf(@switch).Count(static answer => answer.Label.Low == answer.Given) >= Enough);

    /// <summary>The cases of one code that return a code, with the expression.</summary>
    private static IEnumerable<(CaseLabel Label, int Given, Expression At)> AnswersOf(SwitchStatement @switch) =>
        from label in @switch.Labels.OfType<CaseLabel>()
        where label.Low < 0 && label.Low == label.High
        let value = (label.Body as ReturnStatement)?.Value
        where value?.Constant < 0
        select (label, (int)value.Constant!.Value, value);
}
