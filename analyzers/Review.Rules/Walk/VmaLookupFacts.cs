using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Walk;

/// <summary>Which calls of a file look a VMA up by address.</summary>
internal sealed class VmaLookupFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    /// <summary>The VMA found contains the address, a parameter.</summary>
    public const string FindsAt = "finds the VMA at";

    /// <summary>The VMA found contains the address, a parameter, or is the next one after it.</summary>
    public const string FindsFrom = "finds a VMA from";

    private const string Vma = "vm_area_struct";

    private static readonly FactTable Table = FactResource.Read("VmaLookup");

    /// <summary>True if some call in the function looks a VMA up.</summary>
    public bool Concerns(FunctionDefinition function) =>
        Functions.EffectsWithin(function).Any(static effect => CallOutcome.Split(effect) is var (verb, _) && verb is FindsAt or FindsFrom);

    /// <summary>The address that a call looks up, and whether the VMA found may begin after it; null if the call is no lookup.</summary>
    public (Expression Address, bool MayBeginAfter)? LookupOf(CallExpression call)
    {
        if (call.Function is not { } function || !(call.Type.IsPointerTo(Vma) || HandsOut(call)))
        {
            return null;
        }

        var found = Functions.ParameterEffectsOf(function.Name).Where(effect => effect.Verb is FindsAt or FindsFrom && effect.Parameter < call.Arguments.Length).ToList();
        return found.Count == 0 ? null : (call.Arguments[found[0].Parameter], found.Exists(static effect => effect.Verb == FindsFrom));
    }

    /// <summary>The facts of the file that is being analysed.</summary>
    public static VmaLookupFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new VmaLookupFacts(unit));

    /// <summary>True if the call stores a VMA for its caller and says whether it could. One that gives something else is no lookup in the first place. One that gets a VMA as well is a visitor of a walk: what it stores says where to go on.</summary>
    private static bool HandsOut(CallExpression call) =>
        call.Type.Canonical is IntegerType or EnumType && call.Arguments.Any(static argument => argument.Type.IsPointerToPointerTo(Vma)) && !call.Arguments.Any(static argument => argument.Type.IsPointerTo(Vma));
}
