using System.Collections.Immutable;
using ClangSharp.Interop;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>Which arm of a <c>_Generic</c> counts; libclang shows all of them, without their types.</summary>
internal sealed unsafe partial class FunctionReader
{
    private static readonly ImmutableHashSet<string> BuiltinTypeWords =
        ["void", "char", "signed", "unsigned", "short", "int", "long", "float", "double", "_Bool", "__int128", "const", "volatile", "*"];

    /// <summary>The arm that C selects: the only one that has the type of the whole, else the one in front of which the operand's type is printed.</summary>
    private CXCursor ChosenArm(CXCursor selection, CXCursor[] children)
    {
        var type = clang.getCursorType(selection);
        var arms = children[1..];
        var fitting = Array.FindAll(arms, arm => clang.equalTypes(clang.getCursorType(arm), type) != 0);
        if (fitting is [var only])
        {
            return only;
        }

        if (!genericTypes.TryGetValue(Cursors.StatementKey(selection), out var printed) || printed.Length != arms.Length)
        {
            throw new NotUnderstoodException("clang's print of the function does not tell the arms of a generic selection apart");
        }

        var names = Names(types.Read(clang.getUnqualifiedType(clang.getCursorType(children[0]))));
        var index = printed.IndexOf(printed.FirstOrDefault(names.Contains, "default"));
        var isSure = index >= 0 && (printed[index] != "default" || printed.All(static text => text == "default" || IsBuiltin(text)));
        return isSure ? arms[index] : throw new NotUnderstoodException("the chosen arm of a generic selection could not be found");
    }

    /// <summary>What a type may be called: by each of its typedefs, and by what is behind them; a pointer by the names of its target.</summary>
    private static ImmutableHashSet<string> Names(CType type)
    {
        var names = ImmutableHashSet.CreateBuilder<string>();
        if (type.Canonical is PointerType pointer)
        {
            names.UnionWith(Names(pointer.Target).Select(static target => target + (target.EndsWith('*') ? "*" : " *")));
        }

        for (; type is TypedefType named; type = named.Underlying)
        {
            _ = names.Add(named.Spelling);
        }

        return [.. names, type.Spelling];
    }

    /// <summary>True if a printed type has no name in it that could be another name of the operand's type.</summary>
    private static bool IsBuiltin(string type) => type.Replace("*", " * ", StringComparison.Ordinal)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).All(BuiltinTypeWords.Contains);
}
