"""The peoples of China (GB/T 3304-1991), as the names of autonomous divisions have them."""

from __future__ import annotations

PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|"
    "京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
"""All but the Han, without 族, as alternatives of a regular expression."""
WITHOUT_SUFFIX = "蒙古|哈萨克|维吾尔|锡伯|塔吉克|柯尔克孜"
"""Those that stand without 族 before 自治: 巴里坤哈萨克自治县."""
