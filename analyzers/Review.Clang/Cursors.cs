using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClangSharp.Interop;

namespace Review.Clang;

/// <summary>
/// The children of a cursor. One visit per node, never a recursive one: a recursive visit shows some nodes
/// twice (a constant expression is reported as its own operand).
/// </summary>
internal static unsafe class Cursors
{
    [ThreadStatic]
    private static List<CXCursor>? collected;

    public static CXCursor[] Children(CXCursor cursor)
    {
        var list = collected ??= new List<CXCursor>(64);
        list.Clear();
        _ = clang.visitChildren(cursor, &Collect, null);
        return [.. list];
    }

    /// <summary>Identifies a declaration.</summary>
    public static nint DeclarationKey(CXCursor cursor) => (nint)cursor.data.e0;

    /// <summary>Identifies a statement or expression.</summary>
    public static nint StatementKey(CXCursor cursor) => (nint)cursor.data.e1;

    public static string Spelling(CXCursor cursor) => NativeText.Take(clang.getCursorSpelling(cursor));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static CXChildVisitResult Collect(CXCursor cursor, CXCursor parent, void* data)
    {
        collected!.Add(cursor);
        return CXChildVisitResult.CXChildVisit_Continue;
    }
}
