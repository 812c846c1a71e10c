using Review.Core.Syntax;
using Review.Rules.Gup;

namespace Review.Rules.References;

/// <summary>How a function gets and gives back the pages of arrays; where a condition asks for FOLL_PIN first, nothing is said.</summary>
internal static class PageArrays
{
    private enum Use
    {
        None,
        Put,
        Unpin,
        Get,
        Pin,
    }

    /// <summary>The calls that give back pages of an array as the wrong kind, with the call that shows what they are.</summary>
    public static IEnumerable<(CallExpression At, VariableSymbol Array, CallExpression Other, bool IsPinned)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var uses = (
            from call in function.Body.DescendantsAndSelf<CallExpression>()
            let use = UseOf(call)
            where use != Use.None
            from argument in call.Arguments
            let array = ArrayOf(function, argument)
            where array is not null && !IsConditional(call, use, array)
            select (Call: call, Use: use, Array: array)).ToLookup(static use => use.Array);
        foreach (var array in uses)
        {
            var isPlain = array.FirstOrDefault(static use => use.Use == Use.Get).Call;
            var isPinned = array.FirstOrDefault(static use => use.Use == Use.Pin).Call ?? (isPlain is null ? array.FirstOrDefault(static use => use.Use == Use.Unpin).Call : null);
            foreach (var (call, use, _) in array)
            {
                if (use == Use.Put && isPinned is not null && isPlain is null)
                {
                    yield return (call, array.Key, isPinned, true);
                }
                else if (use == Use.Unpin && isPlain is not null && isPinned is null)
                {
                    yield return (call, array.Key, isPlain, false);
                }
            }
        }
    }

    private static Use UseOf(CallExpression call) => call.Function?.Name switch
    {
        null => Use.None,
        var name when ReferenceFacts.FlagsOfDrop(name) is { } flags && flags < call.Arguments.Length => FlagWord.NamesIn(call.Arguments[flags]).ToList() switch
        {
            ["FOLL_PIN"] => Use.Unpin,
            ["FOLL_GET"] => Use.Put,
            _ => Use.None,
        },
        var name when ReferenceFacts.LooksForPins(name) => Use.Pin,
        var name when ReferenceCounts.GivesPlain(name) => Use.Put,
        var name when name.StartsWith("unpin_user_page", StringComparison.Ordinal) => Use.Unpin,
        var name when name.StartsWith("pin_user_pages", StringComparison.Ordinal) => Use.Pin,
        var name when name.StartsWith("get_user_pages", StringComparison.Ordinal) => Use.Get,
        _ => Use.None,
    };

    /// <summary>The array that an argument is, or of which it is an element, directly, as its folio, or by way of a local variable.</summary>
    private static VariableSymbol? ArrayOf(FunctionDefinition function, Expression argument) => argument.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } local } when local.Type.IsPointerTo("page") || local.Type.IsPointerTo("folio") => ElementOf(function, local) is { } value ? ArrayOf(function, value) : null,
        CallExpression { Arguments: [var page] } => ArrayOf(function, page),
        CallExpression { Arguments: [var pages, ..] } folio when folio.Type.IsPointerTo("folio") => PinnedArrays.ArrayOf(pages),
        var expression when PinnedArrays.ArrayOf(expression) is { } array => array,
        NameExpression { Symbol: VariableSymbol { Type.Canonical: ArrayType { Element: var element } } array } when element.IsPointerTo("page") => array,
        IndexExpression { Target.Unwrapped: NameExpression { Symbol: VariableSymbol { Type.Canonical: ArrayType { Element: var element } } array } } when element.IsPointerTo("page") => array,
        _ => null,
    };

    /// <summary>The value of a variable that gets one in one place only, and that is an element of an array.</summary>
    private static Expression? ElementOf(FunctionDefinition function, VariableSymbol local) =>
        OnlyValue.Of(function, local) is { } only && (only.DescendantsAndSelf().Any(static part => part is IndexExpression) || only.Unwrapped is CallExpression { Arguments: [_, _, ..] }) ? only : null;

    /// <summary>What depends on flags, or on a choice that the caller made, says nothing of what the pages are.</summary>
    private static bool IsConditional(CallExpression call, Use use, VariableSymbol array) => call.Ancestors().Any(outer => outer switch
    {
        IfStatement branch => FlagWord.NamesIn(branch.Condition).Any(static name => name is "FOLL_PIN" or "FOLL_GET")
            || (use is Use.Put or Use.Unpin && !branch.Condition.DescendantsAndSelf().Any(part => part is NameExpression name && name.Symbol == array)),
        SwitchStatement => true,
        _ => false,
    });
}
