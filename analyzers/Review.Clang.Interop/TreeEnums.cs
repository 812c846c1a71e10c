namespace ClangSharp.Interop;

/// <summary>What a visitor of children wants next.</summary>
public enum CXChildVisitResult
{
    CXChildVisit_Break,
    CXChildVisit_Continue,
    CXChildVisit_Recurse,
}

/// <summary>What a visitor of fields wants next.</summary>
public enum CXVisitorResult
{
    CXVisit_Break,
    CXVisit_Continue,
}

/// <summary>Linkage of a declaration.</summary>
public enum CXLinkageKind
{
    CXLinkage_Invalid,
    CXLinkage_NoLinkage,
    CXLinkage_Internal,
    CXLinkage_UniqueExternal,
    CXLinkage_External,
}

/// <summary>Storage class that a declaration was written with.</summary>
public enum CX_StorageClass
{
    CX_SC_Invalid,
    CX_SC_None,
    CX_SC_Extern,
    CX_SC_Static,
    CX_SC_PrivateExtern,
    CX_SC_OpenCLWorkGroupLocal,
    CX_SC_Auto,
    CX_SC_Register,
}

/// <summary>Which of the results of an evaluation holds.</summary>
public enum CXEvalResultKind
{
    CXEval_Int = 1,
    CXEval_Float = 2,
    CXEval_ObjCStrLiteral = 3,
    CXEval_StrLiteral = 4,
    CXEval_CFStr = 5,
    CXEval_Other = 6,
    CXEval_UnExposed = 0,
}

/// <summary>Negative answers of the size, alignment and offset queries.</summary>
public enum CXTypeLayoutError
{
    CXTypeLayoutError_Invalid = -1,
    CXTypeLayoutError_Incomplete = -2,
    CXTypeLayoutError_Dependent = -3,
    CXTypeLayoutError_NotConstantSize = -4,
    CXTypeLayoutError_InvalidFieldName = -5,
    CXTypeLayoutError_Undeduced = -6,
}

/// <summary>Switches of the pretty printer.</summary>
public enum CXPrintingPolicyProperty
{
    CXPrintingPolicy_Indentation,
    CXPrintingPolicy_SuppressSpecifiers,
    CXPrintingPolicy_SuppressTagKeyword,
    CXPrintingPolicy_IncludeTagDefinition,
    CXPrintingPolicy_SuppressScope,
    CXPrintingPolicy_SuppressUnwrittenScope,
    CXPrintingPolicy_SuppressInitializers,
    CXPrintingPolicy_ConstantArraySizeAsWritten,
    CXPrintingPolicy_AnonymousTagLocations,
    CXPrintingPolicy_SuppressStrongLifetime,
    CXPrintingPolicy_SuppressLifetimeQualifiers,
    CXPrintingPolicy_SuppressTemplateArgsInCXXConstructors,
    CXPrintingPolicy_Bool,
    CXPrintingPolicy_Restrict,
    CXPrintingPolicy_Alignof,
    CXPrintingPolicy_UnderscoreAlignof,
    CXPrintingPolicy_UseVoidForZeroParams,
    CXPrintingPolicy_TerseOutput,
    CXPrintingPolicy_PolishForDeclaration,
    CXPrintingPolicy_Half,
    CXPrintingPolicy_MSWChar,
    CXPrintingPolicy_IncludeNewlines,
    CXPrintingPolicy_MSVCFormatting,
    CXPrintingPolicy_ConstantsAsWritten,
    CXPrintingPolicy_SuppressImplicitBase,
    CXPrintingPolicy_FullyQualifiedName,
    CXPrintingPolicy_LastProperty = CXPrintingPolicy_FullyQualifiedName,
}

/// <summary>Kinds of tokens.</summary>
public enum CXTokenKind
{
    CXToken_Punctuation,
    CXToken_Keyword,
    CXToken_Identifier,
    CXToken_Literal,
    CXToken_Comment,
}
