using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

// Warnings and errors of a translation unit, with their notes and fix-its.
public static unsafe partial class clang
{
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getNumDiagnostics", ExactSpelling = true)]
    public static extern uint getNumDiagnostics(CXTranslationUnitImpl* Unit);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnostic", ExactSpelling = true)]
    public static extern void* getDiagnostic(CXTranslationUnitImpl* Unit, uint Index);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_disposeDiagnostic", ExactSpelling = true)]
    public static extern void disposeDiagnostic(void* Diagnostic);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticSetFromTU", ExactSpelling = true)]
    public static extern void* getDiagnosticSetFromTU(CXTranslationUnitImpl* Unit);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_disposeDiagnosticSet", ExactSpelling = true)]
    public static extern void disposeDiagnosticSet(void* Diags);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticSeverity", ExactSpelling = true)]
    public static extern CXDiagnosticSeverity getDiagnosticSeverity(void* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticSpelling", ExactSpelling = true)]
    public static extern CXString getDiagnosticSpelling(void* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticLocation", ExactSpelling = true)]
    public static extern CXSourceLocation getDiagnosticLocation(void* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticOption", ExactSpelling = true)]
    public static extern CXString getDiagnosticOption(void* Diag, CXString* Disable);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticCategory", ExactSpelling = true)]
    public static extern uint getDiagnosticCategory(void* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticCategoryText", ExactSpelling = true)]
    public static extern CXString getDiagnosticCategoryText(void* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticNumRanges", ExactSpelling = true)]
    public static extern uint getDiagnosticNumRanges(void* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticRange", ExactSpelling = true)]
    public static extern CXSourceRange getDiagnosticRange(void* Diagnostic, uint Range);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticNumFixIts", ExactSpelling = true)]
    public static extern uint getDiagnosticNumFixIts(void* Diagnostic);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticFixIt", ExactSpelling = true)]
    public static extern CXString getDiagnosticFixIt(void* Diagnostic, uint FixIt, CXSourceRange* ReplacementRange);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getChildDiagnostics", ExactSpelling = true)]
    public static extern void* getChildDiagnostics(void* D);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getNumDiagnosticsInSet", ExactSpelling = true)]
    public static extern uint getNumDiagnosticsInSet(void* Diags);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getDiagnosticInSet", ExactSpelling = true)]
    public static extern void* getDiagnosticInSet(void* Diags, uint Index);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_defaultDiagnosticDisplayOptions", ExactSpelling = true)]
    public static extern uint defaultDiagnosticDisplayOptions();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_formatDiagnostic", ExactSpelling = true)]
    public static extern CXString formatDiagnostic(void* Diagnostic, uint Options);
}
