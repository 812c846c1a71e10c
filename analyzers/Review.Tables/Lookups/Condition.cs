namespace Review.Tables.Lookups;

/// <summary>The condition of an <c>#if</c>, as far as it asks what is defined: everything else in it counts as false.</summary>
internal static class Condition
{
    public static bool Holds(string text, Func<string, bool> isDefined)
    {
        var parser = new CParser(CTokens.Read(text));
        return parser.ParseExpression() is { } expression && Value(expression, isDefined) != 0;
    }

    private static long Value(CExpression expression, Func<string, bool> isDefined) => expression switch
    {
        CNumberLiteral number => number.Value,
        CName name => isDefined(name.Name) ? 1 : 0,
        CCall { Function: CName { Name: "defined" or "IS_ENABLED" or "IS_BUILTIN" or "IS_REACHABLE" }, Arguments: [CName name] } => isDefined(name.Name) ? 1 : 0,
        CUnary { Operator: "defined", Operand: CName name } => isDefined(name.Name) ? 1 : 0,
        CUnary { Operator: "!" } not => Value(not.Operand, isDefined) == 0 ? 1 : 0,
        CBinary { Operator: "&&" } and => Value(and.Left, isDefined) != 0 && Value(and.Right, isDefined) != 0 ? 1 : 0,
        CBinary { Operator: "||" } or => Value(or.Left, isDefined) != 0 || Value(or.Right, isDefined) != 0 ? 1 : 0,
        _ => 0,
    };
}
