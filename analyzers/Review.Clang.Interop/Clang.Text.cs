using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

// Strings that the library hands out, tokens of the source text, and pretty-printed declarations.
public static unsafe partial class clang
{
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCString", ExactSpelling = true)]
    public static extern sbyte* getCString(CXString @string);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_disposeString", ExactSpelling = true)]
    public static extern void disposeString(CXString @string);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_tokenize", ExactSpelling = true)]
    public static extern void tokenize(CXTranslationUnitImpl* TU, CXSourceRange Range, CXToken** Tokens, uint* NumTokens);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_disposeTokens", ExactSpelling = true)]
    public static extern void disposeTokens(CXTranslationUnitImpl* TU, CXToken* Tokens, uint NumTokens);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getToken", ExactSpelling = true)]
    public static extern CXToken* getToken(CXTranslationUnitImpl* TU, CXSourceLocation Location);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTokenKind", ExactSpelling = true)]
    public static extern CXTokenKind getTokenKind(CXToken param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTokenSpelling", ExactSpelling = true)]
    public static extern CXString getTokenSpelling(CXTranslationUnitImpl* param0, CXToken param1);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTokenLocation", ExactSpelling = true)]
    public static extern CXSourceLocation getTokenLocation(CXTranslationUnitImpl* param0, CXToken param1);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getTokenExtent", ExactSpelling = true)]
    public static extern CXSourceRange getTokenExtent(CXTranslationUnitImpl* param0, CXToken param1);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_annotateTokens", ExactSpelling = true)]
    public static extern void annotateTokens(CXTranslationUnitImpl* TU, CXToken* Tokens, uint NumTokens, CXCursor* Cursors);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorPrintingPolicy", ExactSpelling = true)]
    public static extern void* getCursorPrintingPolicy(CXCursor param0);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_PrintingPolicy_getProperty", ExactSpelling = true)]
    public static extern uint PrintingPolicy_getProperty(void* Policy, CXPrintingPolicyProperty Property);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_PrintingPolicy_setProperty", ExactSpelling = true)]
    public static extern void PrintingPolicy_setProperty(void* Policy, CXPrintingPolicyProperty Property, uint Value);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_PrintingPolicy_dispose", ExactSpelling = true)]
    public static extern void PrintingPolicy_dispose(void* Policy);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, EntryPoint = "clang_getCursorPrettyPrinted", ExactSpelling = true)]
    public static extern CXString getCursorPrettyPrinted(CXCursor Cursor, void* Policy);
}
