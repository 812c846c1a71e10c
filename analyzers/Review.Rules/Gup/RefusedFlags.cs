using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Gup;

/// <summary>
/// What the functions of a file ask of the flags that come from outside before they hand them on: those that put FOLL_PIN into the word refuse FOLL_GET, those that hand it on as it is
/// ask one function whether it is valid. A function that lets by what its siblings refuse is found by them.
/// </summary>
internal sealed class RefusedFlags
{
    private const string Pin = "FOLL_PIN";
    private const string Get = "FOLL_GET";

    /// <summary>Siblings that refuse, before one that does not is the exception.</summary>
    private const int MinimumSiblings = 2;

    private readonly Dictionary<string, (VariableSymbol Word, string What, string Sibling)> missing = new(StringComparer.Ordinal);

    private RefusedFlags(TranslationUnit unit)
    {
        var doors = unit.Functions.Where(static function => !function.Symbol.IsStatic).Select(static function => (Function: function, Word: WordOf(function))).Where(static door => door.Word is not null)
            .Select(static door => (door.Function, Word: door.Word!, Refusals: RefusalsOf(door.Function, door.Word!).ToList())).ToList();
        var pinning = doors.Where(static door => PutsPin(door.Function, door.Word)).ToList();
        Find(pinning, static refusal => FlagWord.NamesIn(refusal).Contains(Get), Get);
        foreach (var question in doors.SelectMany(static door => door.Refusals.OfType<CallExpression>()).Select(static call => call.Function?.Name).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            Find([.. doors.Except(pinning).Where(static door => HandsStraightOn(door.Function, door.Word))], refusal => refusal is CallExpression { Function.Name: var asked } && asked == question, question + "()");
        }
    }

    /// <summary>The word that a function does not ask, what its siblings ask of theirs, and one of them; null if nothing is missing.</summary>
    public static (VariableSymbol Word, string What, string Sibling)? In(FunctionAnalysisContext context) =>
        context.Facts.Get(static unit => new RefusedFlags(unit)).missing.TryGetValue(context.Function.Name, out var found) ? found : null;

    /// <summary>Notes the door without any refusal of its word, where enough others refuse the same thing.</summary>
    private void Find(List<(FunctionDefinition Function, VariableSymbol Word, List<Expression> Refusals)> doors, Func<Expression, bool> isWanted, string what)
    {
        var refusing = doors.Where(door => door.Refusals.Exists(refusal => isWanted(refusal))).ToList();
        if (refusing.Count < MinimumSiblings)
        {
            return;
        }

        // Where several ask nothing, asking is not the rule.
        if (doors.Where(static door => door.Refusals.Count == 0).ToList() is [var (function, word, _)])
        {
            _ = missing.TryAdd(function.Name, (word, what, refusing[0].Function.Name));
        }
    }

    private static VariableSymbol? WordOf(FunctionDefinition function) =>
        FlagWord.In(function).Where(static word => word is { IsPointee: false, Variable: { Kind: VariableKind.Parameter, Type.Canonical: IntegerType { Size: 4, IsSigned: false } } }).ToList() is [var only] ? only.Variable : null;

    /// <summary>What a function asks of the word before it leaves with an answer of its own.</summary>
    private static IEnumerable<Expression> RefusalsOf(FunctionDefinition function, VariableSymbol word) =>
        from test in function.Body.DescendantsAndSelf<IfStatement>()
        where (test.Then is BlockStatement { Statements: [.., var last] } ? last : test.Then) is ReturnStatement
        from part in test.Condition.DescendantsAndSelf<Expression>()
        where part is BinaryExpression { Operator: BinaryOperator.BitwiseAnd } mask ? Names(mask.Left, word) : part is CallExpression { Function: not null, Arguments: [var only] } && Names(only, word)
        select part;

    private static bool PutsPin(FunctionDefinition function, VariableSymbol word) => function.Body.DescendantsAndSelf<AssignmentExpression>()
        .Any(assignment => assignment.Compound == BinaryOperator.BitwiseOr && Names(assignment.Target, word) && FlagWord.NamesIn(assignment.Value).Contains(Pin));

    /// <summary>True if the function returns what another one makes of the word, as it comes.</summary>
    private static bool HandsStraightOn(FunctionDefinition function, VariableSymbol word) => function.Body.DescendantsAndSelf<ReturnStatement>()
        .Any(@return => @return.Value?.Unwrapped is CallExpression call && call.Arguments.Any(argument => argument.DescendantsAndSelf().Any(part => part is NameExpression name && name.Symbol == word)));

    private static bool Names(Expression expression, VariableSymbol word) => expression.Unwrapped is NameExpression name && name.Symbol == word;
}
