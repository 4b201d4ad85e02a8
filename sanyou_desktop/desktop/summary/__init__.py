"""总结材料 in the window: what is asked, the preview, the export."""
