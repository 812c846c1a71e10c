using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

// What is said about functions, variables, fields, enumerators and macros where they are declared.
public static unsafe partial class clang
{
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_getVarDeclInitializer", ExactSpelling = true)]
    public static extern CXCursor Cursor_getVarDeclInitializer(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_hasVarDeclGlobalStorage", ExactSpelling = true)]
    public static extern int Cursor_hasVarDeclGlobalStorage(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_getStorageClass", ExactSpelling = true)]
    public static extern CX_StorageClass Cursor_getStorageClass(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorLinkage", ExactSpelling = true)]
    public static extern CXLinkageKind getCursorLinkage(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_isFunctionInlined", ExactSpelling = true)]
    public static extern uint Cursor_isFunctionInlined(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_isVariadic", ExactSpelling = true)]
    public static extern uint Cursor_isVariadic(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getEnumConstantDeclValue", ExactSpelling = true)]
    public static extern long getEnumConstantDeclValue(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getEnumConstantDeclUnsignedValue", ExactSpelling = true)]
    public static extern ulong getEnumConstantDeclUnsignedValue(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getEnumDeclIntegerType", ExactSpelling = true)]
    public static extern CXType getEnumDeclIntegerType(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_isBitField", ExactSpelling = true)]
    public static extern uint Cursor_isBitField(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getFieldDeclBitWidth", ExactSpelling = true)]
    public static extern int getFieldDeclBitWidth(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_getOffsetOfField", ExactSpelling = true)]
    public static extern long Cursor_getOffsetOfField(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_isAnonymous", ExactSpelling = true)]
    public static extern uint Cursor_isAnonymous(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_isAnonymousRecordDecl", ExactSpelling = true)]
    public static extern uint Cursor_isAnonymousRecordDecl(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTypedefDeclUnderlyingType", ExactSpelling = true)]
    public static extern CXType getTypedefDeclUnderlyingType(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_isMacroFunctionLike", ExactSpelling = true)]
    public static extern uint Cursor_isMacroFunctionLike(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_isMacroBuiltin", ExactSpelling = true)]
    public static extern uint Cursor_isMacroBuiltin(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getIncludedFile", ExactSpelling = true)]
    public static extern void* getIncludedFile(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_getRawCommentText", ExactSpelling = true)]
    public static extern CXString Cursor_getRawCommentText(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_getCommentRange", ExactSpelling = true)]
    public static extern CXSourceRange Cursor_getCommentRange(CXCursor C);
}
