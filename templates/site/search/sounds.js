/* Titles by sound: syllables of pinyin and initial letters stand for characters of their own, as in pair_index.py. */
"use strict";
(function (search) {
  const SYLLABLES = "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo".split(" ");
  const NUMBERS = new Map(SYLLABLES.map((syllable, number) => [syllable, number]));
  const FIRST_INITIAL = 0xe000;
  const FIRST_SYLLABLE = 0xe100;
  const LONGEST_SYLLABLE = 6;

  const isSpelling = (text) => /^[a-z][a-z']*$/.test(text);

  /* The syllables of a word of letters: the division with the fewest, null if there is none. */
  function divided(text) {
    const best = [[]];
    for (let end = 1; end <= text.length; end++) {
      best[end] = null;
      for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
        const syllable = text.slice(start, end);
        if (best[start] && NUMBERS.has(syllable) && (!best[end] || best[start].length + 1 < best[end].length)) best[end] = [...best[start], syllable];
      }
    }
    return best[text.length];
  }

  /* The forms of a word of letters in the index: its syllables, or its letters as initials. */
  function soundForms(text) {
    if (!isSpelling(text)) return [];
    const parts = text.split("'").filter(Boolean).map(divided);
    if (parts.length && parts.every(Boolean)) return [parts.flat().map((syllable) => String.fromCharCode(FIRST_SYLLABLE + NUMBERS.get(syllable))).join("")];
    const letters = text.replace(/'/g, "");
    return letters.length > 1 ? [[...letters].map((letter) => String.fromCharCode(FIRST_INITIAL + letter.charCodeAt(0) - 97)).join("")] : [];
  }

  search.sounds = { soundForms, divided, SYLLABLES };
}(window.gazetteSearch = window.gazetteSearch || {}));
