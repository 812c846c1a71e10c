using System.Collections.Immutable;

namespace Review.Model.Exploration;

/// <summary>The properties that an exploration watches unless it is told otherwise.</summary>
public static class KnownProperties
{
    /// <summary>All of them, before the first step.</summary>
    public static ImmutableArray<Property> All { get; } = 
    [
        new ZapIsComplete(), new RemovalIsAnnounced(), new ForkIsAnnounced(), new EntriesFitTheirVma(), new LocksAreGivenBack(), new VmasChangeUnderWriteLock(), new FramesAddUp(), new PagesOutliveReferences(),
        new TlbIsFlushedBeforeFree(), new NotifierRangesArePaired(), new SecondaryMmuIsCurrent(),
    ];

    /// <summary>The property with this name, or null.</summary>
    public static Property? Find(string name) => All.FirstOrDefault(property => property.Name == name);
}
