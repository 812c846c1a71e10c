using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

// The library, its indexes, and the translation units parsed with them.
public static unsafe partial class clang
{
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getClangVersion", ExactSpelling = true)]
    public static extern CXString getClangVersion();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_createIndex", ExactSpelling = true)]
    public static extern void* createIndex(int excludeDeclarationsFromPCH, int displayDiagnostics);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_disposeIndex", ExactSpelling = true)]
    public static extern void disposeIndex(void* index);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_toggleCrashRecovery", ExactSpelling = true)]
    public static extern void toggleCrashRecovery(uint isEnabled);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_parseTranslationUnit2", ExactSpelling = true)]
    public static extern CXErrorCode parseTranslationUnit2(void* CIdx, sbyte* source_filename, sbyte** command_line_args, int num_command_line_args, CXUnsavedFile* unsaved_files, uint num_unsaved_files, uint options, CXTranslationUnitImpl** out_TU);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_reparseTranslationUnit", ExactSpelling = true)]
    public static extern int reparseTranslationUnit(CXTranslationUnitImpl* TU, uint num_unsaved_files, CXUnsavedFile* unsaved_files, uint options);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_defaultReparseOptions", ExactSpelling = true)]
    public static extern uint defaultReparseOptions(CXTranslationUnitImpl* TU);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_saveTranslationUnit", ExactSpelling = true)]
    public static extern int saveTranslationUnit(CXTranslationUnitImpl* TU, sbyte* FileName, uint options);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_suspendTranslationUnit", ExactSpelling = true)]
    public static extern uint suspendTranslationUnit(CXTranslationUnitImpl* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_disposeTranslationUnit", ExactSpelling = true)]
    public static extern void disposeTranslationUnit(CXTranslationUnitImpl* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTranslationUnitCursor", ExactSpelling = true)]
    public static extern CXCursor getTranslationUnitCursor(CXTranslationUnitImpl* param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTranslationUnitSpelling", ExactSpelling = true)]
    public static extern CXString getTranslationUnitSpelling(CXTranslationUnitImpl* CTUnit);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTranslationUnitTargetInfo", ExactSpelling = true)]
    public static extern CXTargetInfoImpl* getTranslationUnitTargetInfo(CXTranslationUnitImpl* CTUnit);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_TargetInfo_getTriple", ExactSpelling = true)]
    public static extern CXString TargetInfo_getTriple(CXTargetInfoImpl* Info);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_TargetInfo_getPointerWidth", ExactSpelling = true)]
    public static extern int TargetInfo_getPointerWidth(CXTargetInfoImpl* Info);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_TargetInfo_dispose", ExactSpelling = true)]
    public static extern void TargetInfo_dispose(CXTargetInfoImpl* Info);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCXTUResourceUsage", ExactSpelling = true)]
    public static extern CXTUResourceUsage getCXTUResourceUsage(CXTranslationUnitImpl* TU);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTUResourceUsageName", ExactSpelling = true)]
    public static extern sbyte* getTUResourceUsageName(CXTUResourceUsageKind kind);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_disposeCXTUResourceUsage", ExactSpelling = true)]
    public static extern void disposeCXTUResourceUsage(CXTUResourceUsage usage);
}
