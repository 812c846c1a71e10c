using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

// Files, places in them, and the ranges that the preprocessor skipped.
public static unsafe partial class clang
{
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getFile", ExactSpelling = true)]
    public static extern void* getFile(CXTranslationUnitImpl* tu, sbyte* file_name);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getFileName", ExactSpelling = true)]
    public static extern CXString getFileName(void* SFile);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getFileContents", ExactSpelling = true)]
    public static extern sbyte* getFileContents(CXTranslationUnitImpl* tu, void* file, nuint* size);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_File_isEqual", ExactSpelling = true)]
    public static extern int File_isEqual(void* file1, void* file2);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getLocation", ExactSpelling = true)]
    public static extern CXSourceLocation getLocation(CXTranslationUnitImpl* tu, void* file, uint line, uint column);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getLocationForOffset", ExactSpelling = true)]
    public static extern CXSourceLocation getLocationForOffset(CXTranslationUnitImpl* tu, void* file, uint offset);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getNullLocation", ExactSpelling = true)]
    public static extern CXSourceLocation getNullLocation();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getRange", ExactSpelling = true)]
    public static extern CXSourceRange getRange(CXSourceLocation begin, CXSourceLocation end);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getNullRange", ExactSpelling = true)]
    public static extern CXSourceRange getNullRange();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Range_isNull", ExactSpelling = true)]
    public static extern int Range_isNull(CXSourceRange range);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getRangeStart", ExactSpelling = true)]
    public static extern CXSourceLocation getRangeStart(CXSourceRange range);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getRangeEnd", ExactSpelling = true)]
    public static extern CXSourceLocation getRangeEnd(CXSourceRange range);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_equalRanges", ExactSpelling = true)]
    public static extern uint equalRanges(CXSourceRange range1, CXSourceRange range2);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_equalLocations", ExactSpelling = true)]
    public static extern uint equalLocations(CXSourceLocation loc1, CXSourceLocation loc2);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Location_isFromMainFile", ExactSpelling = true)]
    public static extern int Location_isFromMainFile(CXSourceLocation location);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_Location_isInSystemHeader", ExactSpelling = true)]
    public static extern int Location_isInSystemHeader(CXSourceLocation location);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getExpansionLocation", ExactSpelling = true)]
    public static extern void getExpansionLocation(CXSourceLocation location, void** file, uint* line, uint* column, uint* offset);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getSpellingLocation", ExactSpelling = true)]
    public static extern void getSpellingLocation(CXSourceLocation location, void** file, uint* line, uint* column, uint* offset);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getFileLocation", ExactSpelling = true)]
    public static extern void getFileLocation(CXSourceLocation location, void** file, uint* line, uint* column, uint* offset);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getPresumedLocation", ExactSpelling = true)]
    public static extern void getPresumedLocation(CXSourceLocation location, CXString* filename, uint* line, uint* column);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getSkippedRanges", ExactSpelling = true)]
    public static extern CXSourceRangeList* getSkippedRanges(CXTranslationUnitImpl* tu, void* file);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getAllSkippedRanges", ExactSpelling = true)]
    public static extern CXSourceRangeList* getAllSkippedRanges(CXTranslationUnitImpl* tu);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_disposeSourceRangeList", ExactSpelling = true)]
    public static extern void disposeSourceRangeList(CXSourceRangeList* ranges);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getInclusions", ExactSpelling = true)]
    public static extern void getInclusions(CXTranslationUnitImpl* tu, delegate* unmanaged[Cdecl]<void*, CXSourceLocation*, uint, void*, void> visitor, void* client_data);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_isFileMultipleIncludeGuarded", ExactSpelling = true)]
    public static extern uint isFileMultipleIncludeGuarded(CXTranslationUnitImpl* tu, void* file);
}
