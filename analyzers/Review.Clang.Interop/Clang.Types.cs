using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

// The types of expressions and declarations, their layout and their parts.
public static unsafe partial class clang
{
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorType", ExactSpelling = true)]
    public static extern CXType getCursorType(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorResultType", ExactSpelling = true)]
    public static extern CXType getCursorResultType(CXCursor C);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCanonicalType", ExactSpelling = true)]
    public static extern CXType getCanonicalType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTypeSpelling", ExactSpelling = true)]
    public static extern CXString getTypeSpelling(CXType CT);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTypeKindSpelling", ExactSpelling = true)]
    public static extern CXString getTypeKindSpelling(CXTypeKind K);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTypedefName", ExactSpelling = true)]
    public static extern CXString getTypedefName(CXType CT);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTypeDeclaration", ExactSpelling = true)]
    public static extern CXCursor getTypeDeclaration(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getPointeeType", ExactSpelling = true)]
    public static extern CXType getPointeeType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getResultType", ExactSpelling = true)]
    public static extern CXType getResultType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getNumArgTypes", ExactSpelling = true)]
    public static extern int getNumArgTypes(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getArgType", ExactSpelling = true)]
    public static extern CXType getArgType(CXType T, uint i);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isFunctionTypeVariadic", ExactSpelling = true)]
    public static extern uint isFunctionTypeVariadic(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getElementType", ExactSpelling = true)]
    public static extern CXType getElementType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getNumElements", ExactSpelling = true)]
    public static extern long getNumElements(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getArrayElementType", ExactSpelling = true)]
    public static extern CXType getArrayElementType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getArraySize", ExactSpelling = true)]
    public static extern long getArraySize(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Type_getNamedType", ExactSpelling = true)]
    public static extern CXType Type_getNamedType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Type_getModifiedType", ExactSpelling = true)]
    public static extern CXType Type_getModifiedType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Type_getValueType", ExactSpelling = true)]
    public static extern CXType Type_getValueType(CXType CT);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Type_getSizeOf", ExactSpelling = true)]
    public static extern long Type_getSizeOf(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Type_getAlignOf", ExactSpelling = true)]
    public static extern long Type_getAlignOf(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Type_getOffsetOf", ExactSpelling = true)]
    public static extern long Type_getOffsetOf(CXType T, sbyte* S);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Type_visitFields", ExactSpelling = true)]
    public static extern uint Type_visitFields(CXType T, delegate* unmanaged[Cdecl]<CXCursor, void*, CXVisitorResult> visitor, void* client_data);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isConstQualifiedType", ExactSpelling = true)]
    public static extern uint isConstQualifiedType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isVolatileQualifiedType", ExactSpelling = true)]
    public static extern uint isVolatileQualifiedType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isRestrictQualifiedType", ExactSpelling = true)]
    public static extern uint isRestrictQualifiedType(CXType T);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getUnqualifiedType", ExactSpelling = true)]
    public static extern CXType getUnqualifiedType(CXType CT);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_equalTypes", ExactSpelling = true)]
    public static extern uint equalTypes(CXType A, CXType B);
}
