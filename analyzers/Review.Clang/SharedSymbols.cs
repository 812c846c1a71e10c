using System.Collections.Immutable;
using ClangSharp.Interop;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// What the trees of several versions of one file have in common, so that a function of one version can stand beside those of another: types, symbols of what is
/// declared outside of functions, and the functions of headers. Found by clang's name for a declaration (USR), which does not depend on where it stands.
/// </summary>
internal sealed class SharedSymbols
{
    private readonly Dictionary<string, Symbol> symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type Class, string Spelling, long Size, string Parts), CType> types = [];
    private readonly Dictionary<CType, int> numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>The bodies of headers that were read; a function that is named and not here has none.</summary>
    public Dictionary<FunctionSymbol, FunctionDefinition> HeaderFunctions { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The declarations that were not known before.</summary>
    public List<CXCursor> Added { get; } = [];

    /// <summary>The symbol of a declaration that is not local to a function.</summary>
    public Symbol Share(CXCursor declaration, Func<CXCursor, Symbol> create)
    {
        var name = Cursors.UniqueName(declaration);
        if (name.Length == 0)
        {
            return create(declaration);
        }

        if (!symbols.TryGetValue(name, out var symbol))
        {
            Added.Add(declaration);
            symbols.Add(name, symbol = create(declaration));
        }

        return symbol;
    }

    /// <summary>Replaces the symbols of variables by their copies behind an edit.</summary>
    public void Move(TreeMove move)
    {
        foreach (var (name, symbol) in symbols.ToArray())
        {
            symbols[name] = symbol is VariableSymbol variable ? move.Of(variable) : symbol;
        }
    }

    /// <summary>The one object for a type.</summary>
    /// <param name="type">The type, made of shared ones.</param>
    /// <param name="declaration">Where a structure, union or enumeration is declared; of other types nothing.</param>
    public CType Share(CType type, CXCursor? declaration)
    {
        var parts = declaration is { } declared ? Cursors.UniqueName(declared) : string.Join(' ', TypeReader.PartsOf(type).Select(part => numbers[part]));
        var key = (type.GetType(), type.Spelling, type.Size, parts);
        if (types.TryGetValue(key, out var known))
        {
            return known;
        }

        if (declaration is { } added)
        {
            Added.Add(added);
        }

        types.Add(key, type);
        numbers.Add(type, numbers.Count);
        return type;
    }
}
