using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

// Operators, calls, and the values of constant expressions.
public static unsafe partial class clang
{
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorBinaryOperatorKind", ExactSpelling = true)]
    public static extern CXBinaryOperatorKind getCursorBinaryOperatorKind(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorUnaryOperatorKind", ExactSpelling = true)]
    public static extern CXUnaryOperatorKind getCursorUnaryOperatorKind(CXCursor cursor);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getBinaryOperatorKindSpelling", ExactSpelling = true)]
    public static extern CXString getBinaryOperatorKindSpelling(CXBinaryOperatorKind kind);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getUnaryOperatorKindSpelling", ExactSpelling = true)]
    public static extern CXString getUnaryOperatorKindSpelling(CXUnaryOperatorKind kind);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_Evaluate", ExactSpelling = true)]
    public static extern void* Cursor_Evaluate(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_EvalResult_getKind", ExactSpelling = true)]
    public static extern CXEvalResultKind EvalResult_getKind(void* E);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_EvalResult_isUnsignedInt", ExactSpelling = true)]
    public static extern uint EvalResult_isUnsignedInt(void* E);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_EvalResult_getAsInt", ExactSpelling = true)]
    public static extern int EvalResult_getAsInt(void* E);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_EvalResult_getAsLongLong", ExactSpelling = true)]
    public static extern long EvalResult_getAsLongLong(void* E);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_EvalResult_getAsUnsigned", ExactSpelling = true)]
    public static extern ulong EvalResult_getAsUnsigned(void* E);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_EvalResult_getAsDouble", ExactSpelling = true)]
    public static extern double EvalResult_getAsDouble(void* E);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_EvalResult_getAsStr", ExactSpelling = true)]
    public static extern sbyte* EvalResult_getAsStr(void* E);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_EvalResult_dispose", ExactSpelling = true)]
    public static extern void EvalResult_dispose(void* E);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_getNumArguments", ExactSpelling = true)]
    public static extern int Cursor_getNumArguments(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Cursor_getArgument", ExactSpelling = true)]
    public static extern CXCursor Cursor_getArgument(CXCursor C, uint i);
}
