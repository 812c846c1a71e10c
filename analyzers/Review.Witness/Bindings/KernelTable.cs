namespace Review.Witness.Bindings;

using Review.Witness.Interpretation;

/// <summary>What a bound function does at once.</summary>
internal delegate Value Effect(KernelCall call);

/// <summary>What may become of a bound function where other threads can come in between; no outcome means that the thread waits.</summary>
internal delegate IEnumerable<Outcome> Point(KernelCall call);

/// <summary>
/// Which function of the kernel is which step of the model. A function that is not here is interpreted if its body is known; one without a body
/// makes a run end with "needs". The functions of one line are the same for the model, in all eras that have them.
/// </summary>
internal static class KernelTable
{
    /// <summary>Functions without arguments that on some machines are macros which leave nothing behind.</summary>
    public static IReadOnlyDictionary<string, Effect> Marks { get; } = Named<Effect>(
    [
        (["arch_enter_lazy_mmu_mode", "lazy_mmu_mode_enable"], TableLocks.EnterLazyMode),
        (["arch_leave_lazy_mmu_mode", "lazy_mmu_mode_disable"], TableLocks.LeaveLazyMode),
    ]);

    /// <summary>Functions behind which nobody else can tell a difference.</summary>
    public static IReadOnlyDictionary<string, Effect> Effects { get; } = Named<Effect>(
    [
        .. Marks.Select(static mark => ((string[])[mark.Key], mark.Value)),

        (["mmap_write_downgrade"], Locking.Downgrade),
        (["mmap_assert_locked", "mmap_assert_write_locked"], Locking.AssertLocked),
        (["rwsem_is_locked", "mmap_is_locked"], Locking.IsLocked),
        (["vma_assert_locked", "vma_assert_write_locked"], Locking.AssertVma),
        (["vma_start_write"], Locking.StartWrite),

        (["find_vma"], Lookup.FindVma),
        (["find_vma_prev"], Lookup.FindVmaPrev),
        (["vma_lookup"], Lookup.VmaLookup),
        (["find_vma_intersection"], Lookup.FindIntersection),
        (["mas_find"], MapleState.Find),
        (["mas_prev"], MapleState.Previous),

        (["split_vma", "__split_vma"], VmaChanges.Split),
        (["vma_merge"], VmaChanges.Merge),
        (["vma_modify_flags", "vma_modify_flags_name"], VmaChanges.ModifyFlags),
        (["vm_flags_reset", "vm_flags_set", "vm_flags_clear"], VmaChanges.ChangeFlags),
        (["ksm_madvise"], VmaChanges.KsmAdvice),
        (["hugepage_madvise"], VmaChanges.HugePageAdvice),
        (["vma_flag_set_atomic"], VmaChanges.SetFlag),
        (["anon_vma_prepare", "__anon_vma_prepare"], VmaChanges.PrepareAnonVma),

        (["zap_page_range"], PageWork.ZapPageRange),
        (["zap_page_range_single"], PageWork.ZapPageRange),
        (["zap_page_range_single_batched"], PageWork.ZapBatched),
        (["unmap_single_vma", "unmap_page_range"], PageWork.Unmap),
        (["walk_page_range", "walk_page_range_mm", "walk_page_range_mm_unsafe"], PageWalk.Range),
        (["walk_page_range_vma", "walk_page_range_vma_unsafe"], PageWalk.OfVma),
        (["force_shm_swapin_readahead", "shmem_swapin_range"], Files.ReadAheadSwap),

        (["tlb_gather_mmu", "tlb_gather_mmu_fullmm"], Batches.Gather),
        (["tlb_finish_mmu"], Batches.Finish),
        (["tlb_start_vma", "tlb_end_vma"], Batches.UseGather),
        (["mmu_notifier_invalidate_range_start", "mmu_notifier_invalidate_range_start_nonblock"], Batches.NotifierStart),
        (["mmu_notifier_invalidate_range_end", "mmu_notifier_invalidate_range_only_end"], Batches.NotifierEnd),

        (["get_file"], Files.GetFile),
        (["fput"], Files.PutFile),
        (["shmem_mapping"], Files.IsShmemMapping),
        (["file_permission"], Files.Permission),
        (["inode_owner_or_capable", "file_owner_or_capable"], Files.Owns),
        (["vma_is_secretmem"], Files.IsSecret),
        (["vma_is_anon_shmem"], Files.IsAnonymousShmem),

        (["hstate_vma"], HugePages.StateOf),
        (["huge_page_size"], HugePages.Size),
        (["huge_page_mask"], HugePages.Mask),

        (["_compound_head", "compound_head"], Tasks.SameAddress),
        (["page_size"], BrokenMemory.PageSize),
        (["put_page"], BrokenMemory.PutPage),

        (["get_current"], Tasks.Current),
        (["capable", "ns_capable"], Tasks.IsCapable),
        (["vma_is_sealed", "can_modify_vma"], Tasks.IsSealed),
        (["can_modify_vma_madv"], Tasks.MayAdvise),
        (["arch_vma_access_permitted"], Tasks.Yes),
        (["restart_syscall"], Tasks.Restart),

        (["import_iovec"], RemoteAdvice.ImportVector),
        (["iov_iter_advance"], RemoteAdvice.Advance),
        (["pidfd_get_task"], RemoteAdvice.Task),
        (["mm_access"], RemoteAdvice.Access),
        (["pidfd_get_pid"], RemoteAdvice.Pid),
        (["get_pid_task"], RemoteAdvice.TaskOfPid),
        (["put_task_struct"], RemoteAdvice.PutTask),
        (["put_pid"], RemoteAdvice.PutPid),
        (["mmput"], RemoteAdvice.PutMm),
        (["kfree"], Tasks.Nothing),

        (["memset", "__memset"], KernelMemory.Set),
        (["find_extend_vma"], Lookup.VmaLookup),
        (["mm_set_has_pinned_flag", "put_dev_pagemap", "memalloc_pin_save", "memalloc_pin_restore", "mmgrab", "mmdrop"], Tasks.Nothing),
        (["__preempt_count_add", "__preempt_count_sub", "preempt_count_add", "preempt_count_sub"], Tasks.Nothing),
        (["hugetlb_change_protection"], PageTables.ChangeHugeTlb),
        (["move_hugetlb_page_tables"], PageTables.MoveHugeTlb),
        (["pgd_clear_bad", "p4d_clear_bad", "pud_clear_bad", "pmd_clear_bad"], PageTables.ClearBad),
        (["_static_cpu_has"], PageTables.CpuHas),
        (["track_pfn_copy", "untrack_pfn_copy", "untrack_pfn", "adjust_range_if_pmd_sharing_possible"], Tasks.Nothing),

        (["pte_lockptr", "pmd_lockptr"], TableLocks.Address),
        (["spin_lock"], TableLocks.SpinLock),
        (["spin_unlock"], TableLocks.SpinUnlock),
        (["ptep_get_and_clear_full", "ptep_get_and_clear", "pmdp_invalidate"], TableEntries.Clear),
        (["get_page", "folio_get"], PageFacts.Get),
        (["folio_put"], BrokenMemory.PutPage),
        (["folio_nr_pages"], PageFacts.Count),
        (["folio_test_active", "PageActive"], PageFacts.IsActive),
        (["is_pmd_migration_entry", "pmd_is_migration_entry"], PageFacts.IsMigration),
        (["swap_pte_batch"], PageFacts.BatchInSwap),
        (["tlb_change_page_size", "tlb_flush_pte_range", "tlb_flush_pmd_range", "tlb_remove_tlb_entries", "flush_tlb_batched_pending", "add_mm_counter", "sync_mm_rss", "free_swap_and_cache", "swap_read_unplug", "__swap_read_unplug", "free_swap_and_cache_nr"], Tasks.Nothing),
        (["putback_lru_page", "folio_putback_lru", "deactivate_page", "folio_deactivate", "mark_page_lazyfree", "folio_mark_lazyfree", "list_add"], Tasks.Nothing),
        (["ClearPageReferenced", "test_and_clear_page_young", "folio_clear_referenced", "folio_test_clear_young", "folio_clear_dirty", "ClearPageDirty", "folio_set_workingset", "clear_young_dirty_ptes", "rcu_read_lock", "rcu_read_unlock"], Tasks.Nothing),
        (["page_table_check_pte_set", "page_table_check_ptes_set", "page_table_check_pte_clear", "page_table_check_pmd_set", "page_table_check_pmds_set", "page_table_check_pmd_clear"], Tasks.Nothing),

        // Nothing that the model has a place for.
        (["count_vm_events", "count_vm_event", "__count_vm_events", "__count_vm_event", "do_raw_write_seqcount_begin", "do_raw_write_seqcount_end", "flush_cache_range"], Tasks.Nothing),
        (["blk_start_plug", "blk_finish_plug", "lru_add_drain", "lru_add_drain_all", "update_hiwater_rss"], Tasks.Nothing),
        (["cond_resched", "__cond_resched", "_cond_resched", "might_sleep", "__might_sleep", "reclaim_pages"], TableLocks.Sleep),
        (["lock_page", "folio_lock"], PageFacts.Lock),
        (["unlock_page", "folio_unlock"], PageFacts.Unlock),
        (["_printk", "__warn_printk", "anon_vma_name_put", "anon_vma_name_get", "anon_vma_name_free", "might_lock_read", "dump_vma", "dump_mm", "dump_page"], Tasks.Nothing),
        (["anon_vma_name_eq"], Tasks.Yes),
        (["array_index_mask_nospec"], Tasks.IndexMask),
        (["untagged_addr", "untagged_addr_remote", "__untagged_addr", "__untagged_addr_remote"], Tasks.SameAddress),
    ]);

    /// <summary>Functions where a thread may wait, others may come first, or more than one thing can come of it.</summary>
    public static IReadOnlyDictionary<string, Point> Points { get; } = Named<Point>(
    [
        (["mmap_read_lock"], Locking.ReadLock),
        (["mmap_read_lock_killable"], Locking.ReadLockKillable),
        (["mmap_write_lock"], Locking.WriteLock),
        (["mmap_write_lock_killable"], Locking.WriteLockKillable),
        (["mmap_read_unlock", "mmap_read_unlock_non_owner"], Locking.ReadUnlock),
        (["mmap_write_unlock"], Locking.WriteUnlock),
        (["lock_vma_under_rcu"], Locking.LockVma),
        (["vma_end_read"], Locking.EndRead),
        (["userfaultfd_remove"], Userfaults.Remove),
        (["vfs_fadvise"], Files.Advise),
        (["vfs_fallocate"], Files.Allocate),
        (["faultin_vma_page_range"], Faulting.FaultInVma),
        (["faultin_page_range"], Faulting.FaultInMm),
        (["madvise_collapse"], Faulting.Collapse),
        (["__p4d_alloc", "__pud_alloc", "__pmd_alloc", "__pte_alloc"], PageTables.Allocate),
        (["__split_huge_pmd"], PageTables.SplitHuge),
        (["change_huge_pmd"], PageTables.ChangeHuge),
        (["change_pte_range"], PageTables.ChangeEntries),
        (["mprotect_fixup"], VmaChanges.Protect),
        (["security_file_mprotect", KernelObjects.ProtectOperation], VmaChanges.MayProtect),
        (["move_ptes"], PageTables.MoveEntries),
        (["move_pgt_entry"], PageTables.MoveTable),
        (["copy_pte_range", "copy_huge_pud", "copy_hugetlb_page_range"], PageTables.Copy),
        (["copy_huge_pmd"], PageTables.CopyHuge),
        (["handle_mm_fault"], UserPages.HandleFault),
        (["follow_page_mask"], UserPages.FollowPage),
        (["follow_hugetlb_page"], UserPages.FollowHugeTlb),
        (["in_gate_area"], UserPages.InGateArea),
        (["get_gate_page"], UserPages.GatePage),
        (["check_and_migrate_movable_pages"], UserPages.MigrateMovable),
        (["hpage_collapse_scan_pmd"], HugePageCollapse.ScanPmd),
        (["hpage_collapse_scan_file"], HugePageCollapse.ScanFile),
        (["collapse_pte_mapped_thp"], HugePageCollapse.CollapseMapped),
        (["hugepage_vma_check", "thp_vma_allowable_order", "__thp_vma_allowable_orders"], HugePageCollapse.MayBeHuge),
        (["hpage_collapse_test_exit", "hpage_collapse_test_exit_or_disable"], HugePageCollapse.IsExiting),
        (["pte_offset_map_lock", "__pte_offset_map_lock"], TableLocks.MapEntry),
        (["pmd_trans_huge_lock", "__pmd_trans_huge_lock"], TableLocks.LockHuge),
        (["vm_normal_page", "vm_normal_folio"], PageFacts.OfEntry),
        (["PageTransCompound", "folio_test_large"], PageFacts.IsLarge),
        (["folio_likely_mapped_shared", "folio_maybe_mapped_shared"], PageFacts.IsShared),
        (["page_mapcount", "folio_mapcount", "folio_estimated_sharers"], PageFacts.Mappings),
        (["PageLRU", "folio_test_lru"], PageFacts.IsOnList),
        (["PageAnon", "folio_test_anon"], PageFacts.IsAnonymous),
        (["PageDirty", "folio_test_dirty"], PageFacts.IsDirty),
        (["PageSwapCache", "folio_test_swapcache"], PageFacts.IsInSwapCache),
        (["PageUnevictable", "folio_test_unevictable"], PageFacts.IsUnevictable),
        (["is_zone_device_page", "folio_is_zone_device"], PageFacts.IsOfDevice),
        (["is_huge_zero_pmd"], PageFacts.IsHugeZero),
        (["folio_pte_batch", "folio_pte_batch_flags"], PageFacts.Batch),
        (["non_swap_entry"], PageFacts.IsNoSwap),
        (["is_hwpoison_entry", "is_poisoned_swp_entry", "is_swapin_error_entry"], PageFacts.IsPoisoned),
        (["read_swap_cache_async"], PageFacts.ReadSwap),
        (["trylock_page", "folio_trylock"], PageFacts.TryLock),
        (["split_huge_page", "split_folio", "split_folio_to_list"], PageFacts.Split),
        (["isolate_lru_page", "folio_isolate_lru"], PageFacts.Isolate),
        (["folio_free_swap", "try_to_free_swap"], PageFacts.FreeSwap),
        (["madvise_free_huge_pmd"], PageFacts.FreeHuge),
        (["need_resched"], PageFacts.IsTimeUp),
        (["kmalloc", "kmalloc_noprof"], KernelMemory.Allocate),
        (["fatal_signal_pending", "signal_pending"], Tasks.IsSignalPending),
        (["get_user_pages_fast"], BrokenMemory.GetPage),
        (["soft_offline_page", "memory_failure"], BrokenMemory.Inject),
    ]);

    /// <summary>Walks that call back into the code where a search is about the callbacks; for all others they are among <see cref="Effects"/>.</summary>
    public static IReadOnlyDictionary<string, Point> Walks { get; } = Named<Point>(
    [
        (["walk_page_range", "walk_page_range_mm", "walk_page_range_mm_unsafe"], EntryWalk.Range),
        (["walk_page_range_vma", "walk_page_range_vma_unsafe"], EntryWalk.OfVma),
    ]);

    /// <summary>True if calls of a function go to the model.</summary>
    public static bool Binds(string function) => Effects.ContainsKey(function) || Points.ContainsKey(function);

    /// <summary>Functions that may drop mmap_lock, and then it has to be seen what follows. The unlocking functions themselves always do.</summary>
    public static IReadOnlySet<string> MayDrop { get; } = new HashSet<string>(StringComparer.Ordinal) { "userfaultfd_remove", "faultin_vma_page_range", "faultin_page_range", "madvise_collapse", "handle_mm_fault", "hpage_collapse_scan_pmd" };

    /// <summary>Functions that take mmap_lock and do nothing else.</summary>
    public static IReadOnlySet<string> TakesLock { get; } = new HashSet<string>(StringComparer.Ordinal) { "mmap_read_lock", "mmap_read_lock_killable", "mmap_write_lock", "mmap_write_lock_killable" };

    /// <summary>Functions that are interpreted, and watched.</summary>
    public static IReadOnlyDictionary<string, Action<KernelCall>> Watched { get; } = Named<Action<KernelCall>>(
    [
        (["mmu_notifier_range_init", "mmu_notifier_range_init_owner"], Batches.NotifierInit),
    ]);

    private static Dictionary<string, TBinding> Named<TBinding>(IEnumerable<(string[] Names, TBinding Binding)> rows) =>
        rows.SelectMany(static row => row.Names.Select(name => (name, row.Binding))).ToDictionary(static pair => pair.name, static pair => pair.Binding, StringComparer.Ordinal);
}
