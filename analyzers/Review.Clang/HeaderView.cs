using ClangSharp.Interop;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>The declarations of a precompiled header as one file sees them: shared with all others that take it in, as far as the file adds nothing to them.</summary>
internal sealed unsafe class HeaderView
{
    private readonly HashSet<uint> completed = [];
    private readonly SymbolReader symbols;

    /// <param name="declarations">The header's declarations.</param>
    /// <param name="topLevel">What the file adds.</param>
    public HeaderView(HeaderDeclarations declarations, ReadOnlySpan<CXCursor> topLevel)
    {
        Declarations = declarations;
        Types = new TypeReader(header: declarations, isOfHeader: true);
        symbols = NewSymbols();
        foreach (var cursor in topLevel)
        {
            if (cursor.kind is CXCursorKind.CXCursor_StructDecl or CXCursorKind.CXCursor_UnionDecl or CXCursorKind.CXCursor_EnumDecl && clang.isCursorDefinition(cursor) != 0
                && clang.getCanonicalCursor(cursor) is var first && HeaderDeclarations.Has(first))
            {
                _ = completed.Add(HeaderDeclarations.PlaceOf(first));
            }
        }
    }

    /// <summary>What the header declares, for all files.</summary>
    public HeaderDeclarations Declarations { get; }

    /// <summary>Reads types as the header knows them.</summary>
    public TypeReader Types { get; }

    /// <summary>The symbol of a declaration of the header, as the header knows it.</summary>
    public Symbol Read(CXCursor declaration) => symbols.Read(declaration);

    /// <summary>Another reader of such symbols, which has been asked for nothing yet.</summary>
    public SymbolReader NewSymbols() => new(Types, static _ => default, Declarations.Share);

    /// <summary>The symbol of a declaration for the file's own functions; one whose type the file says more about is the file's own.</summary>
    public Symbol Share(CXCursor declaration, Func<CXCursor, Symbol> create) =>
        HeaderDeclarations.Has(declaration) && Read(declaration) is var symbol && LeavesOpen(Declarations.IncompleteIn(symbol.Type)) ? symbol : create(declaration);

    /// <summary>True if the file defines none of some structures that the header leaves open.</summary>
    public bool LeavesOpen(IReadOnlyCollection<uint> incomplete) => incomplete.Count == 0 || !completed.Overlaps(incomplete);
}
