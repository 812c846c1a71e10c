using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClangSharp.Interop;
using static ClangSharp.Interop.CXCursorKind;

namespace Review.Clang;

/// <summary>The cursors below a cursor.</summary>
internal static unsafe class Cursors
{
    private const int UsualChildren = 8;

    /// <summary>
    /// The direct children. A tree is read with one such visit per node, never with a recursive one: a recursive visit shows some nodes
    /// twice (a constant expression is reported as its own operand).
    /// </summary>
    public static CXCursor[] Children(CXCursor cursor)
    {
        var usual = stackalloc CXCursor[UsualChildren];
        var found = new Buffer { Items = usual, Capacity = UsualChildren };
        _ = clang.visitChildren(cursor, &AddChild, &found);
        return found.Take();
    }

    /// <summary>
    /// The statements and expressions below a cursor that libclang shows without some of their parts, and the labels they may name: in
    /// source order, each once.
    /// </summary>
    public static CXCursor[] WithHiddenParts(CXCursor cursor)
    {
        var usual = stackalloc CXCursor[UsualChildren];
        var found = new Buffer { Items = usual, Capacity = UsualChildren };
        _ = clang.visitChildren(cursor, &AddIfPartsAreHidden, &found);
        return [.. found.Take().DistinctBy(StatementKey)];
    }

    /// <summary>The functions that are named below a cursor, each perhaps several times.</summary>
    public static IEnumerable<CXCursor> NamedFunctions(CXCursor cursor)
    {
        var usual = stackalloc CXCursor[UsualChildren];
        var found = new Buffer { Items = usual, Capacity = UsualChildren };
        _ = clang.visitChildren(cursor, &AddIfName, &found);
        return found.Take().Select(clang.getCursorReferenced).Where(static declaration => declaration.kind == CXCursor_FunctionDecl);
    }

    /// <summary>Identifies a declaration.</summary>
    public static nint DeclarationKey(CXCursor cursor) => (nint)cursor.data.e0;

    /// <summary>Identifies a statement or expression.</summary>
    public static nint StatementKey(CXCursor cursor) => (nint)cursor.data.e1;

    /// <summary>clang's name for a declaration (USR): the same in every translation unit that sees it; empty for what has none.</summary>
    public static string UniqueName(CXCursor declaration) => NativeText.Take(clang.getCursorUSR(declaration));

    public static string Spelling(CXCursor cursor) => NativeText.Take(clang.getCursorSpelling(cursor));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static CXChildVisitResult AddChild(CXCursor cursor, CXCursor parent, void* data)
    {
        ((Buffer*)data)->Add(cursor);
        return CXChildVisitResult.CXChildVisit_Continue;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static CXChildVisitResult AddIfPartsAreHidden(CXCursor cursor, CXCursor parent, void* data)
    {
        if (cursor.kind is CXCursor_ForStmt or CXCursor_AsmStmt or CXCursor_LabelStmt or CXCursor_GenericSelectionExpr)
        {
            ((Buffer*)data)->Add(cursor);
        }

        return CXChildVisitResult.CXChildVisit_Recurse;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static CXChildVisitResult AddIfName(CXCursor cursor, CXCursor parent, void* data)
    {
        if (cursor.kind == CXCursor_DeclRefExpr)
        {
            ((Buffer*)data)->Add(cursor);
        }

        return CXChildVisitResult.CXChildVisit_Recurse;
    }

    /// <summary>A list that starts on the stack: a third of all nodes has no child, nearly all others have one or two.</summary>
    private struct Buffer
    {
        public CXCursor* Items;
        public int Capacity;
        private int count;
        private bool isOnHeap;

        public void Add(CXCursor cursor)
        {
            if (count == Capacity)
            {
                Capacity *= 4;
                var larger = (CXCursor*)NativeMemory.Alloc((nuint)Capacity, (nuint)sizeof(CXCursor));
                new ReadOnlySpan<CXCursor>(Items, count).CopyTo(new Span<CXCursor>(larger, Capacity));
                Free();
                Items = larger;
                isOnHeap = true;
            }

            Items[count++] = cursor;
        }

        public CXCursor[] Take()
        {
            var cursors = new ReadOnlySpan<CXCursor>(Items, count).ToArray();
            Free();
            return cursors;
        }

        private readonly void Free()
        {
            if (isOnHeap)
            {
                NativeMemory.Free(Items);
            }
        }
    }
}
