using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

// Walking the tree, what a cursor is, and how cursors refer to each other.
public static unsafe partial class clang
{
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_visitChildren", ExactSpelling = true)]
    public static extern uint visitChildren(CXCursor parent, delegate* unmanaged[Cdecl]<CXCursor, CXCursor, void*, CXChildVisitResult> visitor, void* client_data);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursor", ExactSpelling = true)]
    public static extern CXCursor getCursor(CXTranslationUnitImpl* param0, CXSourceLocation param1);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getNullCursor", ExactSpelling = true)]
    public static extern CXCursor getNullCursor();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorKind", ExactSpelling = true)]
    public static extern CXCursorKind getCursorKind(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorKindSpelling", ExactSpelling = true)]
    public static extern CXString getCursorKindSpelling(CXCursorKind Kind);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorSpelling", ExactSpelling = true)]
    public static extern CXString getCursorSpelling(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorDisplayName", ExactSpelling = true)]
    public static extern CXString getCursorDisplayName(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorLocation", ExactSpelling = true)]
    public static extern CXSourceLocation getCursorLocation(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorExtent", ExactSpelling = true)]
    public static extern CXSourceRange getCursorExtent(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorReferenced", ExactSpelling = true)]
    public static extern CXCursor getCursorReferenced(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorDefinition", ExactSpelling = true)]
    public static extern CXCursor getCursorDefinition(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCanonicalCursor", ExactSpelling = true)]
    public static extern CXCursor getCanonicalCursor(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorSemanticParent", ExactSpelling = true)]
    public static extern CXCursor getCursorSemanticParent(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorLexicalParent", ExactSpelling = true)]
    public static extern CXCursor getCursorLexicalParent(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isCursorDefinition", ExactSpelling = true)]
    public static extern uint isCursorDefinition(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_equalCursors", ExactSpelling = true)]
    public static extern uint equalCursors(CXCursor param0, CXCursor param1);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_hashCursor", ExactSpelling = true)]
    public static extern uint hashCursor(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_isNull", ExactSpelling = true)]
    public static extern int Cursor_isNull(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_getTranslationUnit", ExactSpelling = true)]
    public static extern CXTranslationUnitImpl* Cursor_getTranslationUnit(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_hasAttrs", ExactSpelling = true)]
    public static extern uint Cursor_hasAttrs(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorUSR", ExactSpelling = true)]
    public static extern CXString getCursorUSR(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isDeclaration", ExactSpelling = true)]
    public static extern uint isDeclaration(CXCursorKind param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isReference", ExactSpelling = true)]
    public static extern uint isReference(CXCursorKind param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isExpression", ExactSpelling = true)]
    public static extern uint isExpression(CXCursorKind param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isStatement", ExactSpelling = true)]
    public static extern uint isStatement(CXCursorKind param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isAttribute", ExactSpelling = true)]
    public static extern uint isAttribute(CXCursorKind param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isInvalid", ExactSpelling = true)]
    public static extern uint isInvalid(CXCursorKind param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isPreprocessing", ExactSpelling = true)]
    public static extern uint isPreprocessing(CXCursorKind param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isTranslationUnit", ExactSpelling = true)]
    public static extern uint isTranslationUnit(CXCursorKind param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isUnexposed", ExactSpelling = true)]
    public static extern uint isUnexposed(CXCursorKind param0);
}
